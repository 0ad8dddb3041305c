/// The checksum of zip and Ethernet: CRC-32/ISO-HDLC, polynomial 0xEDB88320 reflected, `123456789` gives 0xCBF43926.
package enum CRC32 {
    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            register = register >> 8 ^ table[Int((register ^ UInt32(byte)) & 0xFF)]
        }
        return ~register
    }

    /// What eight steps of the register add for each byte.
    private static let table: [UInt32] = (0..<256)
        .map { byte in
            (0..<8)
                .reduce(UInt32(byte)) { register, _ in
                    register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1
                }
        }
}
