import API
import BSON
import Directory
import HTTPTypes
import Hummingbird
import NIOCore
import NIOEmbedded
import Testing

@testable import Server

/// The message calls of the cold lane, with a relay and its bot behind them.
@Suite(.timeLimit(.minutes(1)))
struct `The routes of messages` {
    private static let path = "/v1/messages"

    /// A relay's harness and a client of its routes.
    private func connect() async throws -> (relay: FrontHarness, client: RouterClient) {
        let harness = try await FrontHarness()
        let router = Router.api(for: .relay)
        let snapshot = Sample.snapshot()
        MessageRoutes(relay: harness.relay).add(to: router.group().add(middleware: Authentication { snapshot }))
        return (harness, RouterClient(router, channel: harness.client))
    }

    private func send(_ client: RouterClient, _ text: String, wait: Int = 0) async throws -> RouterClient.Answer {
        try await client.post(Self.path, key: Sample.memberKey.text, #"{"text":"\#(text)","wait_seconds":\#(wait)}"#)
    }

    @Test
    func `answer as the hot lane does`() async throws {
        let (relay, client) = try await connect()
        try await relay.send(FrontHarness.request())
        let hot = try #require(try await relay.responses()?.first)
        let cold = try await send(client, "/help")
        #expect(cold.status == hot.status)
        #expect(cold.fields[.contentType] == hot.fields["content-type"])
        #expect(cold.fields[.cacheControl] == hot.fields["cache-control"])
        #expect(cold.json?["reply"] == hot.json?["reply"])
        #expect(cold.json?.object?.keys == hot.json?.object?.keys)
    }

    @Test(arguments: [#"{"text":"/nothing"}"#, #"{"text":"/예약 회의실 언젠가"}"#])
    func `answer with the problem of the hot lane`(body: String) async throws {
        let (relay, client) = try await connect()
        try await relay.send(FrontHarness.request(body, fields: "Accept-Language: ko\r\n"))
        let hot = try #require(try await relay.responses()?.first)
        let cold = try await client.post(Self.path, key: Sample.memberKey.text, fields: [.acceptLanguage: "ko"], body)
        #expect(cold.status == hot.status)
        #expect(cold.fields[.contentType] == hot.fields["content-type"])
        #expect(cold.fields[.contentLanguage] == "ko")
        func withoutID(_ json: JSON?) -> JSON.Object? {
            var object = json?.object
            object?["id"] = nil
            return object
        }
        #expect(withoutID(cold.json) == withoutID(hot.json))
        #expect(cold.json?["id"]?.string != nil)
    }

    @Test
    func `wait for the bot, take its reply and show the message`() async throws {
        let (relay, client) = try await connect()
        let running = try await send(client, "/예약 회의실 10~11")
        #expect(running.status == 202)
        let id = try #require(running.json?["id"]?.string)
        #expect(try await client.get("\(Self.path)/\(id)", key: Sample.memberKey.text).json?["status"] == "running")
        try await relay.bot.writeInbound(ByteBuffer(string: "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n"))

        let reply = "\(Self.path)/\(id)/reply"
        #expect(try await client.post(reply, key: Sample.botKey.text, #"{"text":" "}"#).status == 422)
        #expect(try await client.post(reply, key: Sample.memberKey.text, #"{"text":"네"}"#).code == "key_wrong_kind")
        let taken = try await client.post(reply, key: Sample.botKey.text, #"{"text":"네","n":1}"#)
        #expect(taken.status == 204)
        #expect(taken.text.isEmpty)
        #expect(try await client.post(reply, key: Sample.botKey.text, #"{"text":"또"}"#).code == "already_answered")
        let shown = try await client.get("\(Self.path)/\(id)", key: Sample.memberKey.text)
        #expect(shown.json?["reply"] == ["text": "네", "n": 1])
        #expect(shown.json?["status"] == "completed")
    }

    @Test
    func `show nobody else's messages`() async throws {
        let (_, client) = try await connect()
        let id = try #require(try await send(client, "/help").json?["id"]?.string)
        #expect(try await client.get("\(Self.path)/\(id)", key: Sample.memberKey.text).status == 200)
        #expect(try await client.get("\(Self.path)/\(id)", key: Sample.strangerKey.text).code == "not_found")
        #expect(try await client.get("\(Self.path)/msg_nothing", key: Sample.memberKey.text).code == "not_found")
        #expect(try await client.get(Self.path, key: Sample.strangerKey.text).items("id") == [])
    }

    @Test(arguments: [
        (nil, "key_missing"), (Sample.unknownKey.text, "key_unknown"), (Sample.botKey.text, "key_wrong_kind"),
    ])
    func `want a member's key`(key: String?, code: String) async throws {
        let (_, client) = try await connect()
        #expect(try await client.post(Self.path, key: key, #"{"text":"/help"}"#).code == code)
        #expect(try await client.get(Self.path, key: key).code == code)
        #expect(try await client.get("\(Self.path)/\(Self.someID)", key: key).code == code)
    }

    private static let someID = "msg_00000000000000000000000000"

    @Test
    func `list in pages, newest first`() async throws {
        let (_, client) = try await connect()
        var ids: [String] = []
        for _ in 0..<5 { ids.append(try #require(try await send(client, "/help").json?["id"]?.string)) }
        let newest = Array(ids.reversed())
        func list(_ query: String) async throws -> RouterClient.Answer {
            try await client.get("\(Self.path)?\(query)", key: Sample.memberKey.text)
        }
        let first = try await list("limit=2")
        #expect(first.items("id") == Array(newest[..<2]))
        let second = try await list("limit=2&after=\(try #require(first.json?["next"]?.string))")
        #expect(second.items("id") == Array(newest[2..<4]))
        let third = try await list("limit=2&after=\(try #require(second.json?["next"]?.string))")
        #expect(third.items("id") == Array(newest[4...]))
        #expect(third.json?["next"] == nil)
        #expect(try await list("limit=5").json?["next"] == nil)
    }

    @Test
    func `list what is older or newer than a message`() async throws {
        let (_, client) = try await connect()
        var ids: [String] = []
        for _ in 0..<5 { ids.append(try #require(try await send(client, "/help").json?["id"]?.string)) }
        func list(_ query: String) async throws -> RouterClient.Answer {
            try await client.get("\(Self.path)?\(query)", key: Sample.memberKey.text)
        }
        #expect(try await list("before=\(ids[2])").items("id") == [ids[1], ids[0]])
        let newer = try await list("after=\(ids[0])&limit=2")
        #expect(newer.items("id") == [ids[1], ids[2]])
        let next = try #require(newer.json?["next"]?.string)
        #expect(try await list("after=\(next)&limit=2").items("id") == [ids[3], ids[4]])
        #expect(try await list("after=\(ids[4])").items("id") == [])
    }

    @Test
    func `list those with one bot`() async throws {
        let (_, client) = try await connect()
        _ = try await send(client, "/help")
        let id = try #require(try await send(client, "/예약 회의실 10~11").json?["id"]?.string)
        #expect(try await client.get("\(Self.path)?bot=bot_Rooms", key: Sample.memberKey.text).items("id") == [id])
        #expect(try await client.get("\(Self.path)?bot=bot_Other", key: Sample.memberKey.text).items("id") == [])
        #expect(try await client.get("\(Self.path)?bot=no%20id", key: Sample.memberKey.text).items("id") == [])
    }

    @Test(arguments: ["before=x", "after=x", "after=older-than-x", "limit=0", "limit=201", "limit=x", "x=1"])
    func `list nothing for a query that means nothing`(query: String) async throws {
        let (_, client) = try await connect()
        let answer = try await client.get("\(Self.path)?\(query)", key: Sample.memberKey.text)
        #expect(answer.status == 422)
        #expect(answer.json?["errors"]?.array?.first?["parameter"]?.string == String(query.prefix { $0 != "=" }))
    }

    @Test
    func `make a repeat with the same key the same message`() async throws {
        let (relay, client) = try await connect()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        func send(_ key: String, _ body: String = #"{"text":"/예약 회의실 10~11","wait_seconds":0}"#) async throws
            -> RouterClient.Answer
        {
            try await client.post(Self.path, key: Sample.memberKey.text, fields: [name: key], body)
        }
        let first = try await send("1")
        let again = try await send("1")
        #expect(first.status == 202 && again.status == 202)
        #expect(again.json?["id"] == first.json?["id"])
        #expect(try await relay.calls().ranges(of: "webhook-id").count == 1)
        #expect(try await send("1", #"{"text":"/help"}"#).code == "idempotency_key_reused")
        #expect(try await send("2", #"{"text":"/help"}"#).status == 200)
    }

    @Test(arguments: ["", String(repeating: "k", count: 256)])
    func `refuse an idempotency key beyond its bounds`(key: String) async throws {
        let (_, client) = try await connect()
        let name = try #require(HTTPField.Name("Idempotency-Key"))
        let answer = try await client.post(
            Self.path,
            key: Sample.memberKey.text,
            fields: [name: key],
            #"{"text":"/help"}"#
        )
        #expect(answer.code == "invalid_fields")
    }

    @Test(arguments: [
        ("", "invalid_json"), ("{", "invalid_json"), ("[]", "invalid_fields"), ("{}", "invalid_fields"),
        (#"{"text":" "}"#, "invalid_fields"), (#"{"text":"/help","x":1}"#, "invalid_fields"),
        (#"{"text":"/help","wait_seconds":31}"#, "invalid_fields"),
    ])
    func `refuse a body that is no message`(body: String, code: String) async throws {
        let (_, client) = try await connect()
        #expect(try await client.post(Self.path, key: Sample.memberKey.text, body).code == code)
    }
}
