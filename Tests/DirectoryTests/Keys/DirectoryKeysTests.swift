import BSON
import Mongo
import Testing

@testable import Directory

@Suite("Keys", .timeLimit(.minutes(2)))
struct DirectoryKeysTests {
    @Test("are stored as a digest and never as a secret")
    func storage() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, key) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
            let stored = try #require(try await directory.collections.keys.findOne(["_id": .string(key.key.id)]))
            let digest = try APIKeySecret(parsing: key.secret).digest.bytes
            #expect(stored["digest"] == .binary(subtype: 0, bytes: digest))
            #expect(stored["owner"]?.string == bot.id && stored["company"]?.string == "example.com")
            #expect(stored["last4"]?.string == String(key.secret.suffix(4)))
            let secret = Array(key.secret.utf8.dropFirst(4).prefix(30))
            #expect(!stored.bytes.indices.contains { stored.bytes[$0...].starts(with: secret) })
            let expiring: BSONDocument = ["expires_at": ["$exists": true]]
            #expect(try await directory.collections.keys.count(expiring) == 0)
        }
    }

    @Test("beside the old ones open at once, and the old ones live on until they are revoked")
    func rotation() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (bot, first) = try await directory.createBot(NewBot(name: "a"), company: "example.com")
            let second = try await directory.createKey(
                kind: .bot,
                company: "example.com",
                owner: bot.id,
                expiresIn: nil
            )
            #expect(directory.check(first.secret) == bot.id && directory.check(second.secret) == bot.id)
            let listed = try await directory.keys(kind: .bot, company: nil, owner: bot.id, after: nil, limit: 10)
            #expect(listed.map(\.id) == [first.key.id, second.key.id].sorted())
            let behind = try await directory.keys(
                kind: .bot,
                company: "example.com",
                owner: bot.id,
                after: listed[0].id,
                limit: 10
            )
            #expect(behind == [listed[1]])
            try await directory.revokeKey(first.key.id)
            #expect(directory.check(first.secret) == "revoked" && directory.check(second.secret) == bot.id)
            let left = try await directory.keys(kind: .bot, company: nil, owner: bot.id, after: nil, limit: 10)
            #expect(left.map(\.id) == [second.key.id])
            let revokedAt = try #require(try await directory.key(first.key.id)?.revokedAt)
            try await directory.revokeKey(first.key.id)
            #expect(try await directory.key(first.key.id)?.revokedAt == revokedAt)
            try await directory.revokeKey("key_nobody")
            try await directory.revokeKey("no id at all")
        }
    }

    @Test("expire")
    func expiry() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (member, _) = try await directory.createMember(NewMember(name: "a"), company: "example.com")
            let key = try await directory.createKey(
                kind: .member,
                company: nil,
                owner: member.id,
                expiresIn: .seconds(60)
            )
            let expiry = try #require(key.key.expiresAt)
            #expect(expiry == key.key.createdAt.advanced(by: .seconds(60)))
            #expect(directory.check(key.secret) == member.id)
            let snapshot = directory.snapshot
            guard case .failure(.expired) = snapshot.check(key.secret, now: expiry) else { Issue.record(); return }
            #expect(try await directory.key(key.key.id) == key.key)
        }
    }

    @Test("need an owner of their kind and company")
    func owners() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany("one.example")
            try await directory.makeCompany("two.example")
            let (bot, _) = try await directory.createBot(NewBot(name: "a"), company: "one.example")
            let wrong: [(KeyKind, String?, String?)] = [
                (.bot, "two.example", bot.id), (.member, nil, bot.id), (.bot, nil, nil), (.bot, nil, "bot_nobody"),
                (.admin, nil, bot.id), (.admin, "nobody.example", nil), (.bot, nil, "no id at all"),
            ]
            for (kind, company, owner) in wrong {
                await #expect(throws: DirectoryError.notFound) {
                    try await directory.createKey(kind: kind, company: company, owner: owner, expiresIn: nil)
                }
            }
            #expect(try await directory.collections.keys.count() == 1)
        }
    }

    @Test("of administrators are the platform's or a company's")
    func administrators() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany("one.example")
            try await directory.makeCompany("two.example")
            let platform = try await directory.createKey(kind: .admin, company: nil, owner: nil, expiresIn: nil)
            let company = try await directory.createKey(
                kind: .admin,
                company: "one.example",
                owner: nil,
                expiresIn: nil
            )
            #expect(directory.check(platform.secret) == "admin")
            #expect(directory.check(company.secret) == "admin of one.example")
            func listed(_ company: String?) async throws -> [String] {
                try await directory.keys(kind: .admin, company: company, owner: nil, after: nil, limit: 9).map(\.id)
            }
            #expect(try await listed(nil) == [platform.key.id])
            #expect(try await listed("one.example") == [company.key.id])
            #expect(try await listed("two.example").isEmpty)
        }
    }

    @Test("are kept for 90 days after their end by indexes that MongoDB sees to")
    func indexes() async throws {
        try await withDirectory { directory in
            let reply = try await directory.collections.database.run(["listIndexes": "keys"])
            let indexes = try reply.document("cursor").documents("firstBatch")
            func index(_ field: String) throws -> BSONDocument {
                try #require(indexes.first { $0["key"]?.document?.keys == [field] })
            }
            let ninetyDays: Int64 = 90 * 86_400
            #expect(try index("revoked_at").int64("expireAfterSeconds") == ninetyDays)
            #expect(try index("expires_at").int64("expireAfterSeconds") == ninetyDays)
            #expect(try index("digest").bool("unique"))
        }
    }
}

@Suite("The first administrator's key", .timeLimit(.minutes(2)))
struct DirectoryAdminKeyTests {
    @Test("is made once, however many processes start at once")
    func concurrency() async throws {
        try await withTwoDirectories { one, other in
            let outcomes = try await withThrowingTaskGroup { group in
                for directory in [one, other, one, other, one, other] {
                    group.addTask { try await directory.ensureAdminKey(given: nil) }
                }
                return try await group.reduce(into: [AdminKeyOutcome]()) { $0.append($1) }
            }
            var secrets: [APIKeySecret] = []
            for case .made(let secret) in outcomes { secrets.append(secret) }
            #expect(secrets.count == 1 && outcomes.count { $0 == .exists } == 5)
            #expect(try await one.collections.keys.count() == 1)
            await other.wait { $0.counts.keys == 1 }
            #expect(one.check(secrets[0].text) == "admin" && other.check(secrets[0].text) == "admin")
        }
    }

    @Test("is not made anew after it was revoked")
    func revoked() async throws {
        try await withDirectory { directory in
            guard case .made(let secret) = try await directory.ensureAdminKey(given: nil) else {
                Issue.record()
                return
            }
            let keys = try await directory.keys(kind: .admin, company: nil, owner: nil, after: nil, limit: 2)
            try await directory.revokeKey(try #require(keys.first?.id))
            #expect(directory.check(secret.text) == "revoked")
            #expect(try await directory.ensureAdminKey(given: nil) == .exists)
        }
    }

    @Test("that is given is added once, and stays revoked when it was")
    func given() async throws {
        try await withTwoDirectories { one, other in
            let secret = APIKeySecret.random(.admin)
            async let first = one.ensureAdminKey(given: secret)
            async let second = other.ensureAdminKey(given: secret)
            #expect(try await [first, second] == [.given, .given])
            #expect(try await one.collections.keys.count() == 1)
            #expect(try await other.ensureAdminKey(given: nil) == .exists)
            await one.wait { $0.counts.keys == 1 }
            #expect(one.check(secret.text) == "admin")
            let keys = try await one.keys(kind: .admin, company: nil, owner: nil, after: nil, limit: 2)
            try await one.revokeKey(try #require(keys.first?.id))
            #expect(try await one.ensureAdminKey(given: secret) == .given)
            #expect(one.check(secret.text) == "revoked")
        }
    }
}
