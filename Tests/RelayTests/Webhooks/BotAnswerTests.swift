import BSON
import NIOCore
import Testing
import Wire

@testable import Relay

@Suite
struct `What a webhook's response means` {
    struct Row: Sendable, CustomTestStringConvertible {
        let status: Int
        let type: String?
        let body: [UInt8]
        /// `later`, `reply` and its JSON, or `failure` and its reason.
        let meaning: String

        init(_ status: Int, _ type: String?, _ body: String, _ meaning: String) {
            self.init(status, type, Array(body.utf8), meaning)
        }

        init(_ status: Int, _ type: String?, _ body: [UInt8], _ meaning: String) {
            self.status = status
            self.type = type
            self.body = body
            self.meaning = meaning
        }

        var testDescription: String { "\(status) \(type ?? "-") \(String(decoding: body.prefix(40), as: UTF8.self))" }
    }

    static let rows = [
        Row(202, nil, "", "later"),
        Row(202, "application/json", #"{"text":"a"}"#, "later"),
        Row(204, nil, "", "later"),

        Row(200, "text/plain", "예약했습니다.", #"reply {"text":"예약했습니다."}"#),
        Row(200, "text/plain; charset=utf-8", " a\n", #"reply {"text":" a\n"}"#),
        Row(200, "TEXT/HTML ; charset=utf-8", "<p>a</p>", #"reply {"text":"<p>a</p>"}"#),
        Row(200, "text/markdown", "*a*", #"reply {"text":"*a*"}"#),
        Row(200, "application/json", #"{"text":"a"}"#, #"reply {"text":"a"}"#),
        Row(
            200,
            "application/json;charset=utf-8",
            #" {"text":"a","n":1,"x":{"y":[1.0]}} "#,
            #"reply {"text":"a","n":1,"x":{"y":[1.0]}}"#
        ),
        Row(200, "application/vnd.bot+json", #"{"text":"a"}"#, #"reply {"text":"a"}"#),
        Row(200, "application/json", #"{"text":"a","status":"x","id":7}"#, #"reply {"text":"a","status":"x","id":7}"#),

        Row(200, "text/plain", "", "failure empty"),
        Row(200, "text/plain", " \n\t\u{3000}", "failure empty"),
        Row(200, "application/json", #"{"text":" "}"#, "failure empty"),
        Row(200, "application/json", #"{"text":""}"#, "failure empty"),
        Row(200, "text/plain", [0xED, 0xA0, 0x80], "failure not_utf8"),
        Row(200, "text/plain; charset=euc-kr", [0xBF, 0xB9, 0xBE, 0xE0], "failure not_utf8"),
        Row(200, "application/json", [0x7B, 0x22, 0xFF, 0x22, 0x7D], "failure not_json"),
        Row(200, "application/json", "", "failure not_json"),
        Row(200, "application/json", "예약했습니다.", "failure not_json"),
        Row(200, "application/json", #"{"text":"a"} x"#, "failure not_json"),
        Row(200, "application/json", #""a""#, "failure not_json"),
        Row(200, "application/json", #"[{"text":"a"}]"#, "failure not_json"),
        Row(200, "application/json", String(repeating: "[", count: 1000), "failure not_json"),
        Row(200, "application/json", #"{"text":"a","a\u0000b":1}"#, "failure not_json"),
        Row(200, "application/json", #"{"text":"a","x":[{"a\u0000b":1}]}"#, "failure not_json"),
        Row(200, "application/json", #"{"message":"a"}"#, "failure no_text"),
        Row(200, "application/json", #"{"text":1}"#, "failure no_text"),
        Row(200, "application/json", #"{"text":null}"#, "failure no_text"),
        Row(200, "application/json", "{}", "failure no_text"),
        Row(200, nil, "a", "failure content_type"),
        Row(200, "", "a", "failure content_type"),
        Row(200, "text", "a", "failure content_type"),
        Row(200, "application/octet-stream", "a", "failure content_type"),
        Row(200, "image/svg+json", "{}", "failure content_type"),

        Row(201, "text/plain", "a", "failure status"),
        Row(206, "text/plain", "a", "failure status"),
        Row(301, "text/plain", "a", "failure status"),
        Row(304, nil, "", "failure status"),
        Row(401, "application/json", #"{"text":"a"}"#, "failure status"),
        Row(404, "text/html", "a", "failure status"),
        Row(500, "text/html", "a", "failure status"),
        Row(503, nil, "", "failure status"),
    ]

    @Test(arguments: rows)
    func `depends on its status, its type and its body`(row: Row) {
        let body = ByteBuffer(bytes: row.body)
        let response = WebhookResponse(status: row.status, contentType: row.type, body: body, keepsAlive: true)
        let meaning =
            switch BotAnswer(response) {
            case .later: "later"
            case .reply(let reply): "reply \(JSON.object(reply).text)"
            case .failure(let failure): "failure \(failure.rawValue)"
            }
        #expect(meaning == row.meaning)
    }

    @Test
    func `is kept by MongoDB whatever a reply holds`() throws {
        let reply = #"{"text":"a\u0000b","":1,"$set":{"$a":1},"a.b":[{"c.d":null}],"text ":"x"}"#
        let response = WebhookResponse(
            status: 200,
            contentType: "application/json",
            body: ByteBuffer(string: reply),
            keepsAlive: true
        )
        guard case .reply(let taken) = BotAnswer(response) else {
            Issue.record("It should be a reply.")
            return
        }
        #expect(JSON.Object(try BSONDocument(taken)) == taken)
    }

    @Test(arguments: [
        (WebhookResponseFailure.malformed, "malformed"), (.headTooLarge, "malformed"), (.bodyTooLarge, "too_large"),
        (.truncated, "truncated"),
    ])
    func `is named when there is none`(failure: WebhookResponseFailure, name: String) {
        #expect(BotFailure(failure).rawValue == name)
    }
}
