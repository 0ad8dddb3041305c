import BSON
import Mongo

/// The collections of the directory, and those of others from which it deletes.
struct Collections: Sendable {
    let database: MongoDatabase
    let companies: MongoCollection
    let bots: MongoCollection
    let members: MongoCollection
    let keys: MongoCollection
    /// The relay's. Its fields `company` and `member.id` say whose a message is.
    let messages: MongoCollection

    /// How long a revoked or expired key is kept, so that its bearer learns what became of it.
    private static let keptAfterEnd = Duration.seconds(90 * 86_400)

    /// What the snapshot is made of.
    static let followed = [
        CompanyDocument.collection, BotDocument.collection, MemberDocument.collection, KeyDocument.collection,
    ]

    init(_ database: MongoDatabase) {
        self.database = database
        companies = database.collection(CompanyDocument.collection)
        bots = database.collection(BotDocument.collection)
        members = database.collection(MemberDocument.collection)
        keys = database.collection(KeyDocument.collection)
        messages = database.collection("messages")
    }

    /// Makes the indexes that are not there yet.
    func createIndexes() async throws(MongoError) {
        try await bots.createIndexes([
            MongoIndex([BotDocument.company: 1, BotDocument.id: 1]),
            // Partial, because a unique index would count all bots without commands as having the same one. It does not
            // look for duplicates within one document: the check of a declaration does.
            MongoIndex(
                [BotDocument.company: 1, BotDocument.commandNames: 1],
                unique: true,
                partialFilter: [BotDocument.commandNames: ["$exists": true]]
            ),
        ])
        try await members.createIndexes([MongoIndex([MemberDocument.company: 1, MemberDocument.id: 1])])
        try await keys.createIndexes([
            MongoIndex([KeyDocument.digest: 1], unique: true),
            MongoIndex([KeyDocument.owner: 1, KeyDocument.id: 1], sparse: true),
            MongoIndex([KeyDocument.company: 1, KeyDocument.kind: 1, KeyDocument.id: 1]),
            MongoIndex([KeyDocument.revokedAt: 1], expireAfter: Self.keptAfterEnd),
            MongoIndex([KeyDocument.expiresAt: 1], expireAfter: Self.keptAfterEnd),
        ])
    }

    /// About how many documents there are, by the books that MongoDB keeps. There may be more or fewer commands than bots.
    func counts() async throws(MongoError) -> SnapshotCounts {
        let bots = try await count(BotDocument.collection)
        return SnapshotCounts(
            companies: try await count(CompanyDocument.collection),
            bots: bots,
            members: try await count(MemberDocument.collection),
            keys: try await count(KeyDocument.collection),
            commands: bots
        )
    }

    private func count(_ collection: String) async throws(MongoError) -> Int {
        let reply = try await database.run(["count": .string(collection)])
        return Int(reply["n"]?.int64 ?? 0)
    }

    /// Deletes all documents that match, some at a time, so that no single call is long however many there are.
    ///
    /// - Parameter isConfirmed: Asked after each look for documents and before their deletion; false ends it.
    /// - Returns: Whether all are deleted.
    @discardableResult
    func deleteAll(
        _ filter: BSONDocument,
        from collection: MongoCollection,
        while isConfirmed: () async throws(MongoError) -> Bool = { () async throws(MongoError) in true }
    ) async throws(MongoError) -> Bool {
        let portion = 1000
        while true {
            let found = try await collection.find(filter, limit: portion, projection: ["_id": 1])
            let ids = found.compactMap { $0["_id"] }
            guard !ids.isEmpty else { return true }
            guard try await isConfirmed() else { return false }
            try await collection.deleteMany(["_id": ["$in": .array(BSONArray(ids))]])
        }
    }
}
