import BSON

extension JSON {
    /// A value of any kind, nested at most `depth` deep.
    static func random(depth: Int, using random: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<64, using: &random))
        case 3:
            let number = Double(bitPattern: random.next())
            return .number(number.isFinite ? number : 0.5)
        case 4: return .string(randomText(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in .random(depth: depth - 1, using: &random) }
            )
        default:
            // Now and then an object large enough for an index.
            let count = Int.random(in: 0...(depth == 5 ? 40 : 4), using: &random)
            return .object(
                Object((0..<count).map { _ in (randomText(using: &random), .random(depth: depth - 1, using: &random)) })
            )
        }
    }

    /// Any scalars, those that need escapes and those of several bytes above all; no NUL, which BSON names cannot hold.
    private static func randomText(using random: inout SeededGenerator) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...10, using: &random) {
            let ranges: [ClosedRange<UInt32>] = [
                1...0x7F, 1...0x1F, 0x22...0x22, 0x5C...0x5C, 0x80...0xFFFF, 0x1_0000...0x10_FFFF,
            ]
            let range = ranges.randomElement(using: &random) ?? 1...0x7F
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
