/// Ways in which bytes get damaged. Each leaves most of them as they were, so that the damage is met deep inside.
enum Mutation: CaseIterable {
    case flipBit, setByte, setEdgeByte, setLength, delete, insert, duplicate, truncate, splice

    /// Integers at which arithmetic on lengths goes wrong.
    private static let edges: [Int32] = [0, 1, 2, 4, 5, 6, 13, 14, -1, -5, .max, .max - 4, .min, 0x0100_0000]

    static func mutate(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        guard !bytes.isEmpty else { return bytes.append(.random(in: 0...255, using: &random)) }
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, position + Int.random(in: 1...9, using: &random))
        switch allCases.randomElement(using: &random) ?? .flipBit {
        case .flipBit: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case .setByte: bytes[position] = .random(in: 0...255, using: &random)
        case .setEdgeByte: bytes[position] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        case .setLength: overwrite(&bytes, at: position, with: edges.randomElement(using: &random) ?? 0)
        case .delete: bytes.removeSubrange(position..<end)
        case .insert: bytes.insert(.random(in: 0...255, using: &random), at: position)
        case .duplicate: bytes.insert(contentsOf: Array(bytes[position..<end]), at: position)
        case .truncate: bytes.removeSubrange(position...)
        case .splice:
            let source = Int.random(in: 0..<bytes.count, using: &random)
            bytes[position] = bytes[source]
        }
    }

    private static func overwrite(_ bytes: inout [UInt8], at position: Int, with value: Int32) {
        withUnsafeBytes(of: value.littleEndian) { edge in
            for (byte, index) in zip(edge, position..<bytes.count) {
                bytes[index] = byte
            }
        }
    }
}

/// Makes the outer length true again, so that the damage inside is looked at.
func repairLength(_ bytes: inout [UInt8]) {
    guard bytes.count >= 5 else { return }
    withUnsafeBytes(of: Int32(bytes.count).littleEndian) { length in
        for index in 0..<4 { bytes[index] = length[index] }
    }
    bytes[bytes.count - 1] = 0
}
