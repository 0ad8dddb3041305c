import BSON
import NIOCore
import Testing

@testable import Relay

@Suite
struct `A frame of a bot's` {
    private func frame(_ text: String) throws(BotFrame.Malformed) -> BotFrame {
        try BotFrame(ByteBuffer(string: text))
    }

    @Test
    func `is read by its type`() throws {
        guard case .answer("m", .reply(let reply)) = try frame(#"{"type":"reply","id":"m","text":"네","x":1}"#) else {
            Issue.record("It should be a reply.")
            return
        }
        #expect(reply == ["text": "네", "x": 1])
        guard case .answer("m", .error("아야")) = try frame(#"{"type":"error","id":"m","text":"아야"}"#),
            case .progress("m", "반") = try frame(#"{"type":"progress","id":"m","text":"반"}"#),
            case .commands(let commands) = try frame(#"{"type":"commands","commands":[]}"#),
            case .available = try frame(#"{"type":"available","command":"/a","token":"b","values":[]}"#),
            case .values("c", ["S1"]?) = try frame(#"{"type":"values","id":"c","values":["S1"]}"#),
            case .values("c", nil) = try frame(#"{"type":"values","id":"c","values":null}"#)
        else {
            Issue.record("One was read as something else.")
            return
        }
        #expect(commands == ["commands": []])
    }

    @Test(arguments: [
        "", "[]", "1", "{", #"{"id":"m"}"#, #"{"type":1}"#, #"{"type":"bogus"}"#, #"{"type":"reply","text":"a"}"#,
        #"{"type":"reply","id":1,"text":"a"}"#, #"{"type":"error","id":"m"}"#,
        #"{"type":"progress","id":"m","text":1}"#,
        #"{"type":"values","id":"c"}"#, #"{"type":"values","id":"c","values":[1]}"#,
        #"{"type":"reply","type":"reply"}"#,
    ])
    func `that is none says what is wrong with it`(text: String) {
        let error = #expect(throws: BotFrame.Malformed.self) { try frame(text) }
        #expect(error.map { !$0.reason.isEmpty && $0.reason.utf8.count <= 123 } == true)
    }
}
