import Testing

@testable import API

struct PercentEncodingTests {
    @Test(arguments: ["", "bot_1", "회사.kr", "a/b?c#d%e f", "~-._", "\u{0}\u{7F}"])
    func `what is encoded is decoded again`(text: String) {
        let encoded = PercentEncoding.encoded(text)
        #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#".utf8.contains($0) })
        #expect(PercentEncoding.decoded(encoded.utf8) == text)
    }

    @Test
    func `a plus is a space in forms only`() {
        #expect(PercentEncoding.decoded("a+b".utf8) == "a+b")
        #expect(PercentEncoding.decoded("a+b".utf8, plusIsSpace: true) == "a b")
    }
}
