import ArgumentParser
import BSON
import Testing

@testable import hiworker

@Suite struct `The command line` {
    @Test(arguments: [
        ["serve"], ["serve", "--port", "1"], ["demo"], ["demo", "--port", "1"], ["health", "--port", "1"],
        ["company", "create", "example.com", "--name", "Example"], ["company", "list", "--limit", "1000"],
        ["company", "show", "example.com"], ["company", "update", "example.com", "--timezone", "Asia/Tokyo"],
        ["company", "delete", "example.com", "--confirm", "example.com"],
        ["bot", "create", "--name", "예약봇"],
        ["bot", "create", "--company", "example.com", "--name", "b", "--webhook", "http://x/"],
        ["bot", "list", "--json"], ["bot", "show", "bot_1"], ["bot", "update", "bot_1", "--socket"],
        ["bot", "delete", "bot_1"],
        ["bot", "webhook-secret", "bot_1", "--overlap-seconds", "60"],
        ["member", "create", "--name", "김하나", "--metadata", #"{"floor": 3}"#], ["member", "list"],
        ["member", "show", "member_1"],
        ["member", "update", "member_1", "--email", ""], ["member", "delete", "member_1"],
        ["key", "create", "--bot", "bot_1"],
        ["key", "create", "--company", "example.com", "--expires-in-seconds", "60"],
        ["key", "list", "--member", "member_1"], ["key", "revoke", "key_1"],
        ["key", "admin", "--mongodb-uri", "mongodb://h"],
        ["send", "/예약 회의실 10:00~11:00"], ["send", "--wait", "0.5", "--bot", "예약봇", "/도움"],
    ])
    func `is understood`(_ arguments: [String]) throws {
        _ = try Hiworker.parseAsRoot(arguments)
    }

    @Test(arguments: [
        ["serv"], ["serve", "--prot", "1"], ["company", "create", "example.com"],
        ["company", "delete", "example.com"], ["company", "delete", "example.com", "--confirm", "example.org"],
        ["company", "list", "--limit", "0"], ["bot", "create", "--name", "b", "--socket", "--webhook", "http://x/"],
        ["member", "create", "--name", "m", "--metadata", "[1]"],
        ["member", "create", "--name", "m", "--metadata", "{"],
        ["key", "create"], ["key", "create", "--bot", "b", "--member", "m"], ["key", "revoke", "hwb_secret"],
        ["key", "admin", "--expires-in-seconds", "0"], ["send"], ["send", "/예약", "회의실"],
        ["send", "--wait", "901", "x"],
        ["demo", "--role", "keys"],
    ])
    func `is refused with the status for wrong usage`(_ arguments: [String]) throws {
        let error = try #require(throws: (any Error).self) { try Hiworker.parseAsRoot(arguments) }
        #expect(Hiworker.exitCode(for: error).rawValue == Outcome.wrongUsage.rawValue)
    }

    @Test func `puts the fields of a bot into the request`() throws {
        let fields = try BotFields.parse(["--description", "", "--webhook", "http://h/", "--metadata", #"{"a":1}"#])
        let json = try fields.json()
        #expect(json["description"] == .null)
        #expect(json["delivery"] == ["type": "webhook", "url": "http://h/"])
        #expect(json["metadata"] == ["a": 1])
        #expect(json["commands"] == nil)
    }

    @Test func `says which file of commands cannot be used`() throws {
        let missing = try BotFields.parse(["--commands", "/nonexistent.json"])
        let error = try #require(throws: CommandFailure.self) { try missing.json() }
        #expect(error.message.contains("/nonexistent.json"))
        #expect(error.status == .wrongUsage)
    }

    @Test(arguments: [
        (["--bot", "bot_1"], "/v1/bots/bot_1/keys"), (["--member", "m/1"], "/v1/members/m%2F1/keys"),
        (["--company", "example.com"], "/v1/companies/example.com/keys"),
    ])
    func `names whose keys are meant`(_ arguments: [String], _ path: String) throws {
        #expect(try KeyOwner.parse(arguments).path == path)
    }
}
