import BSON
import Testing

@testable import API

struct TextFieldTests {
    @Test(
        arguments: [
            ("example.com", "example.com"), ("EXAMPLE.Com", "example.com"), ("a-1.example.co.kr", "a-1.example.co.kr"),
            ("회사.한국", "회사.한국"), ("\u{1112}\u{116C}.kr", "회.kr"), ("xn--3e0b707e.com", "xn--3e0b707e.com"),
            ("3com.com", "3com.com"), ("BÜCHER.de", "bücher.de"),
        ]
    )
    func `domains are taken in lower case and composed`(text: String, expected: String) throws {
        #expect(try #require(Domain(text)).text.utf8.elementsEqual(expected.utf8))
    }

    @Test(
        arguments: [
            "", "localhost", ".com", "example.", "a..b", "-a.com", "a-.com", "a_b.com", "a b.com", "a.com/", "a@b.com",
            "10.0.0.1", "example.123", "한국", "a.\u{202E}b", "a.\u{200D}b", "é.c\u{0}m",
        ]
    )
    func `what is no domain is refused`(text: String) {
        #expect(Domain(text) == nil)
    }

    @Test
    func `labels have at most 63 bytes and domains 253`() {
        let label = String(repeating: "a", count: 63)
        #expect(Domain("\(label).com") != nil)
        #expect(Domain("a\(label).com") == nil)
        #expect(Domain(String(repeating: "가", count: 21) + ".kr") != nil)
        #expect(Domain(String(repeating: "가", count: 22) + ".kr") == nil)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(longest.utf8.count == 253)
        #expect(Domain(longest) != nil)
        #expect(Domain(longest + "b") == nil)
    }

    @Test(arguments: ["Asia/Seoul", "UTC", "Europe/Kyiv", "America/Argentina/Buenos_Aires", "Etc/GMT-9"])
    func `time zones of the database are taken`(text: String) throws {
        #expect(try read(.timeZone, text) == text)
    }

    @Test(arguments: ["", "KST", "Asia/Nowhere", "asia/seoul", "GMT+9", "+09:00", "../../etc/passwd"])
    func `other time zones are refused`(text: String) {
        #expect(throws: refusal(.unknownTimeZone)) { try read(.timeZone, text) }
    }

    @Test(arguments: ["kim@example.com", "k.i+m@회사.kr", "김@example.com", "!#$%&'*/=?^_`{|}~@example.com"])
    func `addresses that mail could reach are taken`(text: String) throws {
        #expect(try read(.email, text) == text)
    }

    @Test(
        arguments: [
            "", "kim", "@example.com", "kim@", "kim@localhost", "a@b@example.com", "a b@example.com", "a\n@example.com",
            "kim <kim@example.com>", "kim@example.com ", "\(String(repeating: "a", count: 65))@example.com",
        ]
    )
    func `what is no address is refused`(text: String) {
        #expect(throws: refusal(.invalidEmail)) { try read(.email, text) }
    }

    @Test
    func `descriptions keep their lines but no other controls`() throws {
        #expect(try read(.description, "한 줄\n\t두 줄") == "한 줄\n\t두 줄")
        #expect(try read(.description, "") == "")
        #expect(throws: refusal(.invalidCharacters)) { try read(.description, "\u{1B}[31m") }
        #expect(try read(.description, String(repeating: "가", count: 500)).count == 500)
        #expect(throws: refusal(.tooLong, ["maximum": "500"])) {
            try read(.description, String(repeating: "가", count: 501))
        }
    }

    @Test(
        arguments: [
            "http://example.com", "https://example.com:8443/hook?x=1", "HTTPS://EXAMPLE.COM/", "http://127.0.0.1:1/",
            "http://[::1]:65535/hook", "http://bot.internal/%EC%95%88",
        ]
    )
    func `absolute http and https URLs are taken`(text: String) throws {
        #expect(try read(.webhookURL, text) == text)
    }

    @Test(
        arguments: [
            "", "example.com", "/hook", "ftp://example.com/", "http://", "http:///hook", "http://user@example.com/",
            "http://user:secret@example.com/", "http://example.com/#part", "http://example.com/a b",
            "http://example.com:0/", "http://example.com:65536/", "http://예제.kr/", "http://example.com/\r\nX: y",
            "javascript:alert(1)",
        ]
    )
    func `other URLs are refused`(text: String) {
        #expect(throws: refusal(.invalidURL)) { try read(.webhookURL, text) }
    }

    @Test
    func `a URL has at most 2048 bytes`() throws {
        let longest = "http://example.com/" + String(repeating: "a", count: 2_048 - 19)
        #expect(try read(.webhookURL, longest) == longest)
        #expect(throws: refusal(.tooLarge, ["maximum": "2048"])) { try read(.webhookURL, longest + "a") }
    }

    private func read(_ field: Field<String>, _ text: String) throws -> String {
        var fields = FieldReader(["x": .string(text)])
        let value = fields.required("x", field)
        try fields.finish()
        return value
    }

    private func refusal(_ reason: Reason, _ arguments: [String: String] = [:]) -> Problem {
        Problem(.invalidFields, issues: [Problem.Issue(.field(pointer: "/x"), reason, arguments)])
    }
}
