/// One Unicode scalar within UTF-8 that is known to be valid.
struct UTF8Scalar {
    let value: UInt32
    /// Its length in bytes, 1 to 4.
    let width: Int

    /// The scalar that begins at `position`.
    init(in bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
        let lead = UInt32(bytes[position])
        func trail(_ offset: Int) -> UInt32 { UInt32(bytes[position + offset] & 0x3F) }
        switch lead {
        case ..<0x80: (value, width) = (lead, 1)
        case ..<0xE0: (value, width) = ((lead & 0x1F) << 6 | trail(1), 2)
        case ..<0xF0: (value, width) = ((lead & 0x0F) << 12 | trail(1) << 6 | trail(2), 3)
        default: (value, width) = ((lead & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), 4)
        }
    }
}
