import API
import BSON
import Testing

@testable import Server

@Suite
struct `A message in the plain shape` {
    private func plain(_ body: some Collection<UInt8>) -> NewMessage? {
        Array(body).withUnsafeBytes { NewMessage(plain: $0) }
    }

    @Test(arguments: [
        (#"{"text":"/help"}"#, NewMessage(text: "/help")),
        (#" { "text" : "/help" , "wait_seconds" : 0 } "#, NewMessage(text: "/help", wait: .zero)),
        (
            #"{"wait_seconds":1.5,"bot":"예약봇","text":"/예약 \"a\" \n"}"#,
            NewMessage(text: "/예약 \"a\" \n", bot: "예약봇", wait: .seconds(1.5))
        ),
        (#"{"text":"/예약","wait_seconds":30}"#, NewMessage(text: "/예약", wait: .seconds(30))),
        (#"{"text":"hi \ud83d\ude00"}"#, NewMessage(text: "hi 😀")),
    ])
    func `is read`(body: String, message: NewMessage) {
        #expect(plain(body.utf8) == message)
    }

    @Test
    func `is up to the bounds of its fields`() {
        let text = String(repeating: "x", count: FieldLimits.messageCharacters)
        #expect(plain(#"{"text":"\#(text)"}"#.utf8)?.text == text)
        #expect(plain(#"{"text":"\#(text)x"}"#.utf8) == nil)
        let bot = String(repeating: "b", count: FieldLimits.nameCharacters)
        #expect(plain(#"{"text":"/help","bot":"\#(bot)"}"#.utf8)?.bot == bot)
        #expect(plain(#"{"text":"/help","bot":"\#(bot)b"}"#.utf8) == nil)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", #"{"text":""}"#, #"{"text":" "}"#, #"{"text":"\u3000"}"#, #"{"text":1}"#,
        #"{"text":null}"#,
        #"{"text":"/help","bot":""}"#, #"{"text":"/help","bot":null}"#, #"{"text":"/help","wait_seconds":30.1}"#,
        #"{"text":"/help","wait_seconds":-1}"#, #"{"text":"/help","wait_seconds":"1"}"#, #"{"text":"/help","x":1}"#,
        #"{"text":"/help","text":"/help"}"#, #"{"text":"/help"} x"#, #"{"text":"/help""#, #"{"bot":"예약봇"}"#,
        #"{"text":"\ud83d"}"#, #"{"text":"a","wait_seconds":1e1}"#,
    ])
    func `is nothing else, which the cold lane looks at`(body: String) {
        #expect(plain(body.utf8) == nil)
    }

    /// Bodies made of pieces that fit together now and then.
    private func randomBody(_ generator: inout SeededGenerator) -> [UInt8] {
        let pieces = [
            #""text""#, #""bot""#, #""wait_seconds""#, ":", ":", ":", ",", ",", "{", "}", "1", "30", "0.5", "31", "-1",
            "1e2",
            #""/help""#, #""/예약 10~11""#, #""\u0041""#, #""\n""#, #"" ""#, "null", " ", "\n", "\u{0}",
        ]
        let body = (0..<Int.random(in: 0...9, using: &generator))
            .map { _ in pieces.randomElement(using: &generator) ?? "" }
        return Array("{\(body.joined())}".utf8)
    }

    /// A valid body with one byte changed, or none.
    private func mutatedBody(_ generator: inout SeededGenerator) -> [UInt8] {
        var body = Array(#"{"text":"/예약 \u0041\n","bot":"b","wait_seconds":2.25}"#.utf8)
        let index = Int.random(in: 0..<body.count, using: &generator)
        if Bool.random(using: &generator) { body[index] = .random(in: .min ... .max, using: &generator) }
        return body
    }

    @Test
    func `means what the cold lane reads in the same bytes, whatever they are`() throws {
        var generator = SeededGenerator(seed: 42)
        var taken = 0
        for round in 0..<20_000 {
            let body = round % 2 == 0 ? randomBody(&generator) : mutatedBody(&generator)
            guard let message = plain(body) else { continue }
            taken += 1
            let object = try #require(try JSON(parsing: body).object)
            #expect(try NewMessage(body: object) == message, "\(String(decoding: body, as: UTF8.self))")
        }
        #expect(taken > 1000)
    }
}
