import BSON
import Mongo
import Testing

@testable import Directory

@Suite("Members", .timeLimit(.minutes(2)))
struct DirectoryMembersTests {
    @Test("come back as they were registered, and their key opens at once")
    func creation() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (member, key) = try await directory.createMember(
                NewMember(name: "김하나", email: "hana@example.com", metadata: ["n": 9_007_199_254_740_993]),
                company: "example.com"
            )
            #expect(directory.check(key.secret) == member.id)
            #expect(member.id.hasPrefix("mem_") && key.secret.hasPrefix("hwm_"))
            #expect(try await directory.member(member.id) == member)
            #expect(member.metadata["n"] == 9_007_199_254_740_993)
            #expect(directory.snapshot.members(company: "example.com", named: "김하나").map(\.id) == [member.id])
            #expect(directory.snapshot.member(member.id)?.email == "hana@example.com")
            #expect(try await directory.members(company: "example.com", after: nil, limit: 10) == [member])
            await #expect(throws: DirectoryError.notFound) {
                try await directory.createMember(NewMember(name: "a"), company: "other.example")
            }
        }
    }

    @Test("change only where a patch says so, and keep fields that we do not know")
    func update() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (member, _) = try await directory.createMember(
                NewMember(name: "김하나", email: "hana@example.com"),
                company: "example.com"
            )
            try await directory.collections.members.updateOne(["_id": .string(member.id)], ["$set": ["x": .minKey]])
            var patch = MemberPatch()
            patch.name = "김둘"
            let renamed = try #require(try await directory.updateMember(member.id, patch))
            #expect(renamed.name == "김둘" && renamed.email == "hana@example.com")
            #expect(renamed.unknownFields == ["x": .minKey])
            #expect(directory.snapshot.members(company: "example.com", named: "김하나").isEmpty)
            #expect(directory.snapshot.members(company: "example.com", named: "김둘").count == 1)
            patch = MemberPatch()
            patch.email = .some(nil)
            #expect(try await directory.updateMember(member.id, patch)?.email == nil)
            #expect(try await directory.collections.members.findOne([:])?["email"] == nil)
            #expect(try await directory.updateMember("mem_nobody", patch) == nil)
        }
    }

    @Test("come in full pages, also when some of them cannot be read")
    func pages() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let documents: [BSONDocument] = (0..<9)
                .map { index in
                    let name: BSONValue = index % 3 == 1 ? .null : .string("m\(index)")
                    return ["_id": .string("mem_\(index)"), "company": "example.com", "name": name]
                }
            try await directory.collections.members.insert(documents)
            func page(after: String?, limit: Int) async throws -> [String] {
                try await directory.members(company: "example.com", after: after, limit: limit).map(\.name)
            }
            #expect(try await page(after: nil, limit: 4) == ["m0", "m2", "m3", "m5"])
            #expect(try await page(after: "mem_5", limit: 2) == ["m6", "m8"])
            #expect(try await page(after: "mem_5", limit: 3) == ["m6", "m8"])
            #expect(try await page(after: "mem_8", limit: 3).isEmpty)
        }
    }

    @Test("take their keys and messages along, and nobody else's")
    func deletion() async throws {
        try await withDirectory { directory in
            try await directory.makeCompany()
            let (gone, key) = try await directory.createMember(NewMember(name: "a"), company: "example.com")
            let (stays, other) = try await directory.createMember(NewMember(name: "b"), company: "example.com")
            for id in [gone.id, stays.id] {
                try await directory.collections.messages.insert(
                    (0..<10).map { ["n": .int64($0), "company": "example.com", "member": ["id": .string(id)]] }
                )
            }
            try await directory.deleteMember(gone.id)
            #expect(directory.check(key.secret) == "unknown" && directory.check(other.secret) == stays.id)
            #expect(try await directory.member(gone.id) == nil)
            #expect(try await directory.collections.members.count() == 1)
            #expect(try await directory.collections.keys.count() == 1)
            #expect(try await directory.collections.messages.count(["member.id": .string(stays.id)]) == 10)
            #expect(try await directory.collections.messages.count() == 10)
            try await directory.deleteMember(gone.id)
            try await directory.deleteMember("no id at all")
        }
    }

    @Test("whose deletion another process left unfinished are gone, and are deleted to the end")
    func unfinishedDeletion() async throws {
        try await withDatabase { database in
            try await withDirectory(in: database) { directory in
                try await directory.makeCompany()
                let (member, key) = try await directory.createMember(NewMember(name: "a"), company: "example.com")
                try await directory.collections.members.updateOne(["_id": .string(member.id)], Directory.markDeleting)
                await directory.wait { $0.member(member.id) == nil }
                #expect(directory.check(key.secret) == "unknown")
                #expect(directory.snapshot.members(company: "example.com").isEmpty)
                #expect(try await directory.member(member.id) == nil)
                #expect(try await directory.members(company: "example.com", after: nil, limit: 10).isEmpty)
            }
            try await withDirectory(in: database) { directory in
                await directory.wait { $0.counts.members == 0 && $0.counts.keys == 0 }
                let left = try await directory.collections.members.count()
                #expect(left == 0)
            }
        }
    }
}
