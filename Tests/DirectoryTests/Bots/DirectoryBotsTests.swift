import BSON
import Mongo
import MongodSupport
import Testing

@testable import Directory

@Suite("Bots", .timeLimit(.minutes(2)))
struct DirectoryBotsTests {
    private static let booking = Command(
        name: CommandName(trusting: "/예약 회의실"),
        description: "방을 잡습니다.",
        tokens: [
            Token(key: "time", label: "시간", type: .timeRange),
            Token(
                key: "room",
                label: "회의실",
                type: .choice,
                values: ["S1", "대 회의실"],
                available: ["S1"],
                required: false
            ),
        ]
    )

    @Test("come back as they were registered, and their key opens at once")
    func creation() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, key) = try await directory.createBot(
                NewBot(
                    name: "회의실",
                    description: "예약 봇",
                    commands: [Self.booking],
                    delivery: .webhook(url: "https://bot.example/hook"),
                    metadata: ["team": "infra"]
                ),
                company: "example.com"
            )
            #expect(directory.check(key.secret) == bot.id)
            #expect(key.key.owner == bot.id && key.key.kind == .bot && key.secret.hasSuffix(key.key.last4))
            #expect(bot.id.hasPrefix("bot_") && bot.id.count == 24)
            #expect(bot.commands == [Self.booking] && bot.metadata == ["team": "infra"])
            #expect(bot.webhookSecrets.count == 1 && bot.webhookSecrets[0].bytes.count == 24)
            #expect(try await directory.bot(bot.id) == bot)
            let inMemory = try #require(directory.snapshot.bot(bot.id))
            #expect(inMemory.commands == [Self.booking] && inMemory.delivery == bot.delivery)
            #expect(inMemory.webhookSecrets == bot.webhookSecrets && inMemory.description == "예약 봇")
            #expect(directory.snapshot.route(company: "example.com", command: "/예약 회의실")?.bot.id == bot.id)
            #expect(try await directory.bots(company: "example.com", after: nil, limit: 10) == [bot])
            #expect(try await directory.bots(company: "example.com", after: bot.id, limit: 10).isEmpty)
        }
    }

    @Test("need a company")
    func noCompany() async throws {
        try await withDirectory { directory in
            await #expect(throws: DirectoryError.notFound) {
                try await directory.createBot(NewBot(name: "bot"), company: "example.com")
            }
            let keys = try await directory.collections.keys.count()
            #expect(keys == 0)
        }
    }

    @Test("without commands may be many in one company")
    func noCommands() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            for _ in 0..<3 { _ = try await directory.createBot(NewBot(name: "bot"), company: "example.com") }
            #expect(directory.snapshot.bots(company: "example.com", named: "bot").count == 3)
        }
    }

    @Test("do not get a command that another bot of the company has, and nothing changes then")
    func commandTaken() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany("one.example")
            try await directory.makeCompany("two.example")
            let other = Command(name: CommandName(trusting: "/취소"))
            let (owner, _) = try await directory.createBot(
                NewBot(name: "주인", commands: [Self.booking]),
                company: "one.example"
            )
            let taken = DirectoryError.commandTaken(command: Self.booking.name, bot: owner.id, botName: "주인")
            await #expect(throws: taken) {
                try await directory.createBot(
                    NewBot(name: "b", commands: [other, Self.booking]),
                    company: "one.example"
                )
            }
            #expect(try await directory.collections.keys.count() == 1)
            // In another company the name is free.
            _ = try await directory.createBot(NewBot(name: "b", commands: [Self.booking]), company: "two.example")
            let (second, _) = try await directory.createBot(
                NewBot(name: "c", commands: [other]),
                company: "one.example"
            )
            var patch = BotPatch()
            patch.name = "changed"
            patch.commands = [Command(name: CommandName(trusting: "/a")), Self.booking]
            await #expect(throws: taken) { try await directory.updateBot(second.id, patch) }
            #expect(try await directory.bot(second.id) == second)
            #expect(directory.snapshot.route(company: "one.example", command: "/취소")?.bot.id == second.id)
            // Once its owner lets go of it, it is free.
            var release = BotPatch()
            release.commands = []
            _ = try await directory.updateBot(owner.id, release)
            let updated = try #require(try await directory.updateBot(second.id, patch))
            #expect(updated.commands.map(\.name.text) == ["/a", "/예약 회의실"])
            #expect(directory.snapshot.route(company: "one.example", command: "/예약 회의실")?.bot.id == second.id)
            #expect(directory.snapshot.route(company: "one.example", command: "/취소") == nil)
        }
    }

    @Test("of which two declare one command at once: one wins")
    func race() async throws {
        try await withTwoDirectories { one, other in
            try await one.makeCompany()
            for round in 0..<10 {
                let command = Command(name: CommandName(trusting: "/c\(round)"))
                let outcomes = await withTaskGroup(of: Bool.self) { group in
                    for directory in [one, other, one, other] {
                        group.addTask {
                            do {
                                _ = try await directory.createBot(
                                    NewBot(name: "bot", commands: [command]),
                                    company: "example.com"
                                )
                                return true
                            } catch {
                                guard case .commandTaken(command.name, _, "bot") = error as? DirectoryError else {
                                    Issue.record(error)
                                    return false
                                }
                                return false
                            }
                        }
                    }
                    return await group.reduce(into: [Bool]()) { $0.append($1) }
                }
                #expect(outcomes.count { $0 } == 1)
            }
            #expect(try await one.collections.bots.count() == 10)
            #expect(try await one.collections.keys.count() == 10)
        }
    }

    @Test("change only where a patch says so, and keep fields that we do not know")
    func update() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, _) = try await directory.createBot(
                NewBot(name: "a", description: "d", commands: [Self.booking], metadata: ["m": 1]),
                company: "example.com"
            )
            #expect(bot.webhookSecrets.isEmpty)
            try await directory.collections.bots.updateOne(["_id": .string(bot.id)], ["$set": ["ours": "x"]])
            var patch = BotPatch()
            patch.description = .some(nil)
            patch.delivery = .webhook(url: "http://127.0.0.1:5000/")
            let updated = try #require(try await directory.updateBot(bot.id, patch))
            #expect(updated.description == nil && updated.commands == [Self.booking] && updated.name == "a")
            #expect(updated.metadata == ["m": 1] && updated.unknownFields == ["ours": "x"])
            #expect(updated.webhookSecrets.count == 1)
            #expect(directory.snapshot.bot(bot.id)?.webhookSecrets == updated.webhookSecrets)
            // A second webhook keeps the secret.
            patch.delivery = .webhook(url: "http://127.0.0.1:5001/")
            #expect(try await directory.updateBot(bot.id, patch)?.webhookSecrets == updated.webhookSecrets)
            #expect(try await directory.updateBot("bot_nobody", patch) == nil)
            #expect(try await directory.updateBot("no id at all", BotPatch()) == nil)
        }
    }

    @Test("sign with the old secret too until the overlap ends")
    func rotation() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, _) = try await directory.createBot(
                NewBot(name: "a", delivery: .webhook(url: "https://bot.example/")),
                company: "example.com"
            )
            let before = Instant.now
            let second = try await directory.rotateWebhookSecret(bot: bot.id, overlap: .seconds(3600))
            let secrets = try #require(directory.snapshot.bot(bot.id)?.webhookSecrets)
            #expect(secrets.map(\.bytes) == [second.bytes, bot.webhookSecrets[0].bytes])
            #expect(second.expiresAt == nil && secrets[0].expiresAt == nil)
            let expiry = try #require(secrets[1].expiresAt)
            #expect(expiry >= before.advanced(by: .seconds(3600)) && expiry <= Instant.now.advanced(by: .seconds(3600)))
            let third = try await directory.rotateWebhookSecret(bot: bot.id, overlap: .zero)
            #expect(directory.snapshot.bot(bot.id)?.webhookSecrets == [third])
            await #expect(throws: DirectoryError.notFound) {
                try await directory.rotateWebhookSecret(bot: "bot_nobody", overlap: .zero)
            }
        }
    }

    @Test("disable their keys when they go, and free their commands")
    func deletion() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, key) = try await directory.createBot(
                NewBot(name: "a", commands: [Self.booking]),
                company: "example.com"
            )
            try await directory.deleteBot(bot.id)
            #expect(directory.check(key.secret) == "unknown")
            #expect(try await directory.bot(bot.id) == nil)
            #expect(try await directory.key(key.key.id) == nil)
            #expect(directory.snapshot.route(company: "example.com", command: "/예약 회의실") == nil)
            _ = try await directory.createBot(NewBot(name: "b", commands: [Self.booking]), company: "example.com")
            try await directory.deleteBot(bot.id)
            try await directory.deleteBot("no id at all")
        }
    }
}
