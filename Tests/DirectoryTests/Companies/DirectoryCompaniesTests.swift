import BSON
import Mongo
import MongodSupport
import Testing

@testable import Directory

@Suite("Companies", .timeLimit(.minutes(2)))
struct DirectoryCompaniesTests {
    @Test("come back as they were registered, from MongoDB and in memory")
    func creation() async throws {
        try await withDirectory { directory in
            let created = try await directory.createCompany(
                NewCompany(
                    domain: "example.com",
                    name: "\u{1112}\u{1161}\u{11AB}글",
                    timeZone: "Europe/Paris",
                    metadata: ["plan": "free", "seats": 12, "ratio": 1.0, "$odd.name": [["a": .null]]]
                )
            )
            #expect(created.domain == "example.com" && created.timeZone == "Europe/Paris")
            #expect(Array(created.name.utf8) == Array("한글".utf8))
            #expect(created.metadata == ["plan": "free", "seats": 12, "ratio": 1.0, "$odd.name": [["a": .null]]])
            #expect(created.unknownFields.isEmpty)
            #expect(try await directory.company("example.com") == created)
            let inMemory = try #require(directory.snapshot.company("example.com"))
            #expect(inMemory.name == "한글" && inMemory.timeZone == "Europe/Paris")
            await #expect(throws: DirectoryError.companyExists) {
                try await directory.createCompany(NewCompany(domain: "example.com", name: "Other"))
            }
            #expect(try await directory.company("other.example") == nil)
        }
    }

    @Test("come in pages, by domain")
    func pages() async throws {
        try await withDirectory { directory in
            for name in ["c", "a", "d", "b"] { try await directory.makeCompany("\(name).example") }
            let first = try await directory.companies(after: nil, limit: 3).map(\.domain)
            #expect(first == ["a.example", "b.example", "c.example"])
            #expect(try await directory.companies(after: "c.example", limit: 3).map(\.domain) == ["d.example"])
            #expect(try await directory.companies(after: "d.example", limit: 3).isEmpty)
        }
    }

    @Test("change only where a patch says so, and keep fields that we do not know")
    func update() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let theirs: BSONDocument = ["$set": ["billing": ["plan": .int32(7), "since": .date(milliseconds: 5)]]]
            try await directory.collections.companies.updateOne(["_id": "example.com"], theirs)
            var patch = CompanyPatch()
            patch.name = "New"
            let updated = try #require(try await directory.updateCompany("example.com", patch))
            #expect(updated.name == "New" && updated.timeZone == "Asia/Seoul")
            #expect(updated.unknownFields == ["billing": ["plan": .int32(7), "since": .date(milliseconds: 5)]])
            #expect(directory.snapshot.company("example.com")?.name == "New")
            let unchanged = try await directory.updateCompany("example.com", CompanyPatch())
            #expect(unchanged == updated)
            #expect(try await directory.updateCompany("other.example", patch) == nil)
        }
    }

    @Test("take all that is theirs along, and nothing of others")
    func deletion() async throws {
        try await withDirectory { directory in
            var secrets: [String: [String]] = [:]
            for domain in ["gone.example", "stays.example"] {
                try await directory.makeCompany(domain)
                let bot = try await directory.createBot(NewBot(name: "bot"), company: domain)
                let member = try await directory.createMember(NewMember(name: "김하나"), company: domain)
                let admin = try await directory.createKey(kind: .admin, company: domain, owner: nil, expiresIn: nil)
                secrets[domain] = [bot.key.secret, member.key.secret, admin.secret]
                try await directory.collections.messages.insert(
                    (0..<2500).map { ["n": .int64($0), "company": .string(domain)] }
                )
            }
            try await directory.deleteCompany("gone.example")
            for secret in secrets["gone.example"] ?? [] { #expect(directory.check(secret) == "unknown") }
            for secret in secrets["stays.example"] ?? [] { #expect(directory.check(secret) != "unknown") }
            #expect(try await directory.company("gone.example") == nil)
            #expect(try await directory.bots(company: "gone.example", after: nil, limit: 10).isEmpty)
            let collections = directory.collections
            for collection in [collections.bots, collections.members, collections.keys, collections.messages] {
                #expect(try await collection.count(["company": "gone.example"]) == 0)
            }
            #expect(try await collections.messages.count(["company": "stays.example"]) == 2500)
            #expect(directory.snapshot.tables.companiesBeingDeleted.isEmpty)
            try await directory.deleteCompany("gone.example")
            // The domain is free again.
            try await directory.makeCompany("gone.example")
            #expect(directory.snapshot.company("gone.example") != nil)
        }
    }

    @Test("whose deletion another process left unfinished are gone, take nothing in, and are deleted to the end")
    func unfinishedDeletion() async throws {
        try await withDatabase { database in
            try await withDirectory(in: database) { directory in
                try await directory.makeCompany()
                let bot = try await directory.createBot(NewBot(name: "bot"), company: "example.com")
                try await directory.collections.companies.updateOne(["_id": "example.com"], Directory.markDeleting)
                await directory.wait { $0.company("example.com") == nil }
                #expect(directory.check(bot.key.secret) == "unknown")
                #expect(try await directory.company("example.com") == nil)
                #expect(try await directory.companies(after: nil, limit: 10).isEmpty)
                #expect(try await directory.bots(company: "example.com", after: nil, limit: 10).isEmpty)
                await #expect(throws: DirectoryError.notFound) {
                    try await directory.createBot(NewBot(name: "bot"), company: "example.com")
                }
                await #expect(throws: DirectoryError.notFound) {
                    try await directory.createMember(NewMember(name: "bot"), company: "example.com")
                }
                await #expect(throws: DirectoryError.notFound) {
                    try await directory.createKey(kind: .bot, company: nil, owner: bot.bot.id, expiresIn: nil)
                }
                #expect(try await directory.collections.keys.count() == 1)
            }
            // Another process starts.
            try await withDirectory(in: database) { directory in
                await directory.wait { $0.tables.companies.count == 0 && $0.counts.bots == 0 && $0.counts.keys == 0 }
                let left = try await directory.collections.companies.count()
                #expect(left == 0)
            }
        }
    }

    @Test("keep all that is theirs when somebody tries to register their domain again, or to complete a deletion")
    func untouched() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let bot = try await directory.createBot(NewBot(name: "bot"), company: "example.com")
            let member = try await directory.createMember(NewMember(name: "김하나"), company: "example.com")
            await #expect(throws: DirectoryError.companyExists) { try await directory.makeCompany() }
            try await directory.finishDeletion(ofCompany: "example.com")
            #expect(directory.check(bot.key.secret) == bot.bot.id)
            #expect(directory.check(member.key.secret) == member.member.id)
            #expect(try await directory.bot(bot.bot.id) == bot.bot)
            #expect(try await directory.member(member.member.id) == member.member)
        }
    }

    @Test("that are being deleted make room for a new one of their domain")
    func recreation() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let bot = try await directory.createBot(NewBot(name: "bot"), company: "example.com")
            try await directory.collections.companies.updateOne(["_id": "example.com"], Directory.markDeleting)
            try await directory.makeCompany()
            #expect(directory.snapshot.company("example.com") != nil)
            #expect(directory.check(bot.key.secret) == "unknown")
            #expect(try await directory.bots(company: "example.com", after: nil, limit: 10).isEmpty)
        }
    }
}
