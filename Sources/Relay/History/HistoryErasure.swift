import BSON
import Directory

/// Whose messages have to go: of members and companies that were deleted while messages of theirs may have been on their
/// way to MongoDB.
///
/// The directory deletes what is stored. A batch that was in hand at that moment, here or in another process, can arrive
/// after that, so every relay deletes once more behind its own last batch.
struct HistoryErasure {
    private var members: Set<ResourceID> = []
    private var companies: Set<String> = []

    var isEmpty: Bool { members.isEmpty && companies.isEmpty }

    mutating func add(_ changes: SnapshotChanges) {
        members.formUnion(changes.deletedMembers)
        companies.formUnion(changes.deletedCompanies)
    }

    mutating func add(_ other: HistoryErasure) {
        members.formUnion(other.members)
        companies.formUnion(other.companies)
    }

    /// Matches the documents of their messages.
    var filter: BSONDocument {
        let members = BSONArray(members.map { .string($0.text) })
        let companies = BSONArray(companies.map { .string($0) })
        return [
            "$or": [
                .document([MessageField.memberID: ["$in": .array(members)]]),
                .document([MessageField.company: ["$in": .array(companies)]]),
            ]
        ]
    }
}
