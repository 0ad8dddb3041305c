import BSON
import Testing

@testable import Directory
@testable import Mongo

@Suite("Applying changes to the tables")
struct SnapshotTablesChangesTests {
    private let secret = APIKeySecret.random(.bot)

    private func change(
        _ operation: MongoChange.Operation,
        _ collection: String,
        _ id: String,
        _ document: BSONDocument? = nil
    ) -> MongoChange.Change {
        MongoChange.Change(
            operation: operation,
            collection: collection,
            documentID: .string(id),
            fullDocument: document,
            resumeToken: [:],
            clusterTime: 0
        )
    }

    private func bot(_ revision: Int64, _ command: String) -> BSONDocument {
        [
            "_id": "bot_1", "company": "example.com", "name": "a", "revision": .int64(revision),
            "commands": [["name": .string(command)]],
        ]
    }

    private func key(_ revision: Int64, revoked: Bool = false) -> BSONDocument {
        var document: BSONDocument = [
            "_id": "key_1", "kind": "bot", "company": "example.com", "owner": "bot_1", "last4": "abcd",
            "digest": .binary(bytes: secret.digest.bytes), "revision": .int64(revision),
        ]
        if revoked { document.append("revoked_at", .date(milliseconds: 1)) }
        return document
    }

    private func company(_ revision: Int64, deleting: Bool = false) -> BSONDocument {
        var document: BSONDocument = [
            "_id": "example.com", "name": "a", "time_zone": "UTC", "revision": .int64(revision),
        ]
        if deleting { document.append("deleting", true) }
        return document
    }

    private func apply(_ changes: [MongoChange.Change], to tables: inout SnapshotTables) throws -> SnapshotChanges {
        var notes = SnapshotChanges()
        for change in changes { try tables.apply(change, noting: &notes) }
        return notes
    }

    private func loaded() throws -> SnapshotTables {
        var tables = SnapshotTables()
        _ = try apply(
            [
                change(.insert, "companies", "example.com", company(1)),
                change(.insert, "bots", "bot_1", bot(1, "/a")),
                change(.insert, "keys", "key_1", key(1)),
            ],
            to: &tables
        )
        return tables
    }

    private func refusal(_ tables: SnapshotTables) -> KeyRefusal? {
        let result = Snapshot(tables: tables, version: 1).check(secret.text, now: Instant(milliseconds: 1))
        guard case .failure(let refusal) = result else { return nil }
        return refusal
    }

    @Test("is the same whether a change comes once, twice, or after a newer one")
    func idempotence() throws {
        var tables = try loaded()
        let first = change(.update, "bots", "bot_1", bot(2, "/b"))
        let second = change(.update, "bots", "bot_1", bot(3, "/c"))
        let notes = try apply([first, second, first, second, first], to: &tables)
        #expect(tables.routes.count == 1 && tables.bots["bot_1"]?.revision == 3)
        #expect(tables.routes[RouteKey(company: "example.com", command: "/c")] != nil)
        #expect(Set(notes.changedBots) == ["bot_1"])
    }

    @Test("leaves alone what an update without a document names")
    func deletedMeanwhile() throws {
        var tables = try loaded()
        let notes = try apply([change(.update, "bots", "bot_1")], to: &tables)
        #expect(notes.isEmpty && tables.bots["bot_1"] != nil)
    }

    @Test("notes a revoked or removed key, a removed bot, and a company that goes, once")
    func notes() throws {
        var tables = try loaded()
        let revoked = try apply([change(.update, "keys", "key_1", key(2, revoked: true))], to: &tables)
        #expect(revoked.revokedKeys == ["key_1"] && refusal(tables) == .revoked)
        #expect(try apply([change(.delete, "keys", "key_1")], to: &tables).isEmpty)
        #expect(refusal(tables) == .unknown && tables.keyIDs.count == 0)

        tables = try loaded()
        #expect(try apply([change(.delete, "keys", "key_1")], to: &tables).revokedKeys == ["key_1"])
        #expect(try apply([change(.delete, "bots", "bot_1")], to: &tables).deletedBots == ["bot_1"])
        #expect(try apply([change(.delete, "bots", "bot_1")], to: &tables).isEmpty)

        tables = try loaded()
        let going = try apply([change(.update, "companies", "example.com", company(2, deleting: true))], to: &tables)
        #expect(going.deletedCompanies == ["example.com"] && refusal(tables) == .unknown)
        #expect(tables.companiesBeingDeleted == ["example.com"])
        #expect(try apply([change(.delete, "companies", "example.com")], to: &tables).isEmpty)
        #expect(tables.companiesBeingDeleted.isEmpty)
        // Its bots' deletions may come later, and its domain may come again.
        #expect(try apply([change(.insert, "companies", "example.com", company(1))], to: &tables).isEmpty)
        #expect(refusal(tables) == nil)
    }

    @Test("takes no notice of documents and collections that are not ours")
    func strangers() throws {
        var tables = try loaded()
        let changes = [
            change(.insert, "messages", "x", ["_id": "x"]), change(.delete, "messages", "bot_1"),
            change(.delete, "bots", "no id at all"), change(.other("modify"), "bots", "bot_1"),
        ]
        #expect(try apply(changes, to: &tables).isEmpty && tables.bots.count == 1)
    }

    @Test("keeps the earlier state of what cannot be read")
    func unreadable() throws {
        var tables = try loaded()
        let broken: BSONDocument = ["_id": "bot_1", "company": 5]
        #expect(throws: (any Error).self) { try apply([change(.update, "bots", "bot_1", broken)], to: &tables) }
        #expect(tables.bots["bot_1"]?.name == "a")
    }

    @Test("finds out what differs after everything was read anew")
    func reload() throws {
        let before = try loaded()
        #expect(before.changes(to: before).isEmpty)
        var after = before
        _ = try apply(
            [
                change(.update, "bots", "bot_1", bot(2, "/b")),
                change(.update, "keys", "key_1", key(2, revoked: true)),
                change(.insert, "bots", "bot_2", ["_id": "bot_2", "company": "example.com", "name": "b"]),
                change(.insert, "members", "mem_1", ["_id": "mem_1", "company": "example.com", "name": "b"]),
            ],
            to: &after
        )
        let changes = before.changes(to: after)
        #expect(changes.revokedKeys == ["key_1"] && Set(changes.changedBots) == ["bot_1", "bot_2"])
        #expect(changes.deletedBots.isEmpty && changes.deletedMembers.isEmpty && changes.deletedCompanies.isEmpty)
        let back = after.changes(to: before)
        #expect(back.deletedBots == ["bot_2"] && back.deletedMembers == ["mem_1"] && back.changedBots == ["bot_1"])
        let nothing = before.changes(to: SnapshotTables())
        #expect(nothing.deletedCompanies == ["example.com"] && nothing.revokedKeys == ["key_1"])
    }
}
