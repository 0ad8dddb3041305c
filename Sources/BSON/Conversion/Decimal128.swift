/// A 128-bit decimal as MongoDB stores it (IEEE 754-2008, binary integer significand), to be printed.
struct Decimal128: CustomStringConvertible {
    private let low: UInt64
    private let high: UInt64

    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// The text that the BSON specification prescribes: `12.30`, `1.2E+7`, `-Infinity`, `NaN`.
    var description: String {
        let sign = high >> 63 == 1 ? "-" : ""
        switch high >> 58 & 0b11111 {
        case 0b11111: return "NaN"
        case 0b11110: return sign + "Infinity"
        default: return sign + finite
        }
    }

    private var finite: String {
        // With both top bits set the significand would exceed 34 digits: by the specification it is zero then.
        let isOversized = high >> 61 & 0b11 == 0b11
        let biased = isOversized ? high >> 47 & 0x3FFF : high >> 49 & 0x3FFF
        let significand = isOversized ? 0 : UInt128(high & 0x1_FFFF_FFFF_FFFF) << 64 | UInt128(low)
        let greatest: UInt128 = 9_999_999_999_999_999_999_999_999_999_999_999
        let digits = String(significand > greatest ? 0 : significand)
        let exponent = Int(biased) - 6176
        let scientificExponent = exponent + digits.count - 1
        if exponent > 0 || scientificExponent < -6 {
            return scientific(digits, scientificExponent)
        }
        guard exponent < 0 else { return digits }
        let padding = String(repeating: "0", count: max(0, 1 - exponent - digits.count))
        let padded = padding + digits
        return padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }

    private func scientific(_ digits: String, _ exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        return "\(digits.prefix(1))\(fraction)E\(exponent < 0 ? "" : "+")\(exponent)"
    }
}
