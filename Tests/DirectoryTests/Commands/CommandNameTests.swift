import Testing

@testable import Directory

@Suite("The name of a command")
struct CommandNameTests {
    @Test(
        "is normalized",
        arguments: [
            ("/예약", "/예약"),
            ("/예약 회의실", "/예약 회의실"),
            ("  /예약 \u{3000}\t회의실\u{A0}목록\n", "/예약 회의실 목록"),
            ("/\u{110B}\u{1168}\u{110B}\u{1163}\u{11A8}", "/예약"),
            ("/Book_2 meeting-room", "/Book_2 meeting-room"),
            ("/cafe\u{301}", "/caf\u{E9}"),
            ("/नमस्ते", "/नमस्ते"),
            ("/٣", "/٣"),
            ("/help2", "/help2"),
            ("/book help", "/book help"),
        ]
    )
    func accepted(text: String, name: String) throws {
        let accepted = try CommandName(text)
        #expect(Array(accepted.text.utf8) == Array(name.utf8))
        #expect(try CommandName(accepted.text) == accepted)
    }

    @Test(
        "is refused with the reason",
        arguments: [
            ("", CommandName.Invalid.empty),
            (" \n\t", .empty),
            ("예약", .noSlash),
            ("예약 /회의실", .noSlash),
            ("／예약", .noSlash),
            ("/a b c d", .tooManyWords),
            ("/", .nothingAfterSlash),
            ("/ 예약", .nothingAfterSlash),
            ("//예약", .character("/")),
            ("/예약!", .character("!")),
            ("/예약 회의실?", .character("?")),
            ("/예약 😀", .character("😀")),
            ("/a\u{0}", .character("\u{0}")),
            ("/a\u{200D}b", .character("\u{200D}")),
            ("/\u{0301}a", .character("\u{0301}")),
            ("/도움", .reserved("/도움")),
            ("/도움 줘", .reserved("/도움")),
            ("/help", .reserved("/help")),
            ("/HELP me", .reserved("/HELP")),
        ]
    )
    func refused(text: String, reason: CommandName.Invalid) {
        #expect(throws: reason) { try CommandName(text) }
    }

    @Test("has words of at most 32 characters")
    func wordLength() throws {
        let word = String(repeating: "가", count: 32)
        #expect(try CommandName("/\(word) \(word) \(word)").text.unicodeScalars.count == 99)
        #expect(throws: CommandName.Invalid.wordTooLong(word + "나")) { try CommandName("/\(word)나") }
        #expect(throws: CommandName.Invalid.wordTooLong(word + "나")) { try CommandName("/a \(word)나") }
    }
}
