import Testing

@testable import Directory

@Suite("The secret of an API key")
struct APIKeySecretTests {
    @Test("has its prefix, 40 characters and a sound checksum", arguments: KeyKind.allCases)
    func random(kind: KeyKind) throws {
        for _ in 0..<200 {
            let secret = APIKeySecret.random(kind)
            #expect(secret.text.utf8.count == 40)
            #expect(secret.text.hasPrefix(kind.secretPrefix))
            #expect(try APIKeySecret(parsing: secret.text) == secret)
            #expect(secret.last4 == String(secret.text.suffix(4)))
        }
    }

    /// The checksums were computed with another implementation of CRC-32.
    @Test(
        "is known by a checksum that others compute alike",
        arguments: [
            ("hwa_000000000000000000000000000000", "4TjIxP"),
            ("hwb_abcdefghijklmnopqrstuvwxyzABCD", "3MKqf4"),
            ("hwm_ZYXWVUTSRQPONMLKJIHGFEDCBA9876", "1cWcn7"),
        ]
    )
    func vectors(body: String, checksum: String) throws {
        let secret = try APIKeySecret(parsing: body + checksum)
        #expect(secret.text == body + checksum)
    }

    @Test("is refused for every single changed character")
    func everyTypo() throws {
        let text = Array(APIKeySecret.random(.bot).text.utf8)
        for position in text.indices {
            for digit in Base62.digits where digit != text[position] {
                var typo = text
                typo[position] = digit
                #expect(throws: APIKeySecret.Flaw.self) {
                    try APIKeySecret(parsing: String(decoding: typo, as: UTF8.self))
                }
            }
        }
    }

    @Test(
        "says what is wrong with a text",
        arguments: [
            ("", APIKeySecret.Flaw.prefix),
            ("hwb", .prefix),
            ("hwx_000000000000000000000000000000000000", .prefix),
            ("HWB_000000000000000000000000000000000000", .prefix),
            (" hwb_000000000000000000000000000000000000", .prefix),
            ("hwb_", .length),
            ("hwb_00000000000000000000000000000000000", .length),
            ("hwb_0000000000000000000000000000000000000", .length),
            ("hwb_00000000000000000000000000000000000-", .character),
            ("hwb_00000000000000000000000000000000000\u{0}", .character),
            ("hwb_000000000000000000000000000000zzzzzz", .checksum),
        ]
    )
    func flaws(text: String, flaw: APIKeySecret.Flaw) {
        #expect(throws: flaw) { try APIKeySecret(parsing: text) }
    }

    @Test("never prints itself")
    func redaction() {
        let secret = APIKeySecret.random(.admin)
        let middle = String(secret.text.dropFirst(4).dropLast(4))
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)"] {
            #expect(!text.contains(middle))
        }
        #expect("\(secret)" == "hwa_…\(secret.last4)")
    }

    @Test("has the digest that SHA-256 gives")
    func digest() throws {
        // `printf %s hwa_0000… | sha256sum`
        let secret = try APIKeySecret(parsing: "hwa_0000000000000000000000000000004TjIxP")
        #expect(
            secret.digest.bytes.map { byte in hex(byte) }.joined()
                == "5c8df3b3935ac43781ade5573e89badb721adf72bcab40fc1ad01d5eff8d6240"
        )
    }

    private func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

@Suite("CRC-32")
struct CRC32Tests {
    @Test(
        "agrees with its published check values",
        arguments: [("", 0), ("123456789", 0xCBF4_3926), ("The quick brown fox jumps over the lazy dog", 0x414F_A339)]
    )
    func checkValues(text: String, checksum: Int) {
        #expect(Array(text.utf8).withUnsafeBytes { CRC32.checksum($0) } == UInt32(checksum))
    }
}
