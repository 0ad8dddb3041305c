public import Directory

extension Instant {
    /// RFC 3339 in UTC with milliseconds: `2026-11-23T07:56:51.123Z`. Years beyond 0 to 9999 have no such form and are
    /// written as the nearest that has.
    public var rfc3339: String {
        // 0000-01-01T00:00:00.000Z and 9999-12-31T23:59:59.999Z.
        let milliseconds = min(max(milliseconds, -62_167_219_200_000), 253_402_300_799_999)
        let days = milliseconds.floorDivided(by: 86_400_000)
        let timeOfDay = milliseconds - days * 86_400_000
        let (year, month, day) = Self.civilDate(daysSinceEpoch: days)
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { buffer in
            var writer = DigitWriter(buffer: buffer)
            writer.write(year, digits: 4, then: "-")
            writer.write(month, digits: 2, then: "-")
            writer.write(day, digits: 2, then: "T")
            writer.write(timeOfDay / 3_600_000, digits: 2, then: ":")
            writer.write(timeOfDay / 60_000 % 60, digits: 2, then: ":")
            writer.write(timeOfDay / 1_000 % 60, digits: 2, then: ".")
            writer.write(timeOfDay % 1_000, digits: 3, then: "Z")
            return String(decoding: UnsafeRawBufferPointer(buffer), as: UTF8.self)
        }
    }

    /// Gregorian date of a day, by Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is last.
    private static func civilDate(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let daysPerEra: Int64 = 146_097
        let shifted = daysSinceEpoch + 719_468
        let era = shifted.floorDivided(by: daysPerEra)
        let dayOfEra = shifted - era * daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

/// Writes numbers of fixed width, each with the character that follows it.
private struct DigitWriter {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func write(_ number: Int64, digits: Int, then separator: Unicode.Scalar) {
        var rest = number
        for position in stride(from: count + digits - 1, through: count, by: -1) {
            buffer.initializeElement(at: position, to: UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        }
        buffer.initializeElement(at: count + digits, to: UInt8(ascii: separator))
        count += digits + 1
    }
}

extension Int64 {
    fileprivate func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
