import Testing

@testable import Directory

@Suite("The digest of a secret")
struct KeyDigestTests {
    @Test("comes back from its 32 bytes")
    func roundTrip() throws {
        let digest = APIKeySecret.random(.member).digest
        let stored = digest.bytes.withUnsafeBytes { KeyDigest(stored: $0) }
        #expect(stored == digest)
    }

    @Test("is not made of any other number of bytes", arguments: [0, 31, 33])
    func otherLengths(count: Int) {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(bytes.withUnsafeBytes { KeyDigest(stored: $0) } == nil)
    }

    @Test("differs from one in which any single byte differs")
    func everyByte() {
        let digest = APIKeySecret.random(.member).digest
        for index in 0..<32 {
            var bytes = digest.bytes
            bytes[index] ^= 1
            #expect(bytes.withUnsafeBytes { KeyDigest(stored: $0) } != digest)
        }
    }
}
