import BSON
import Mongo

/// Applying what the stream of changes tells.
extension SnapshotTables {
    /// Brings the tables up to a change and notes in `changes` what others may have to act on. An update whose document
    /// is gone by now does nothing: the event of its deletion comes later.
    ///
    /// Throws when the document cannot be read; the entry of an earlier state stays then.
    mutating func apply(_ change: MongoChange.Change, noting changes: inout SnapshotChanges) throws {
        switch change.operation {
        case .insert, .update, .replace:
            guard let document = change.fullDocument else { return }
            try document.withUnsafeBytes { try put($0, into: change.collection, noting: &changes) }
        case .delete:
            guard let id = change.documentID.string else { return }
            remove(id, from: change.collection, noting: &changes)
        default:
            return
        }
    }

    private mutating func put(
        _ bytes: UnsafeRawBufferPointer,
        into collection: String,
        noting changes: inout SnapshotChanges
    ) throws {
        switch collection {
        case CompanyDocument.collection:
            let company = try CompanyDocument.entry(bytes)
            let isNew = put(company)
            if isNew, company.isBeingDeleted { changes.deletedCompanies.append(company.domain) }
        case BotDocument.collection:
            let bot = try BotDocument.entry(bytes) { shared(domain: $0) }
            if put(bot) { changes.noteChanged(bot) }
        case MemberDocument.collection:
            let member = try MemberDocument.entry(bytes) { shared(domain: $0) }
            if put(member), member.isBeingDeleted { changes.deletedMembers.append(member.resourceID) }
        case KeyDocument.collection:
            let key = try KeyDocument.entry(bytes) { shared(domain: $0) }
            if put(key), key.key.revokedAt != nil { changes.revokedKeys.append(key.key.resourceID) }
        default:
            return
        }
    }

    private mutating func remove(_ id: String, from collection: String, noting changes: inout SnapshotChanges) {
        if collection == CompanyDocument.collection {
            if let company = removeCompany(id), !company.isBeingDeleted { changes.deletedCompanies.append(id) }
            return
        }
        guard let id = ResourceID(id) else { return }
        switch collection {
        case BotDocument.collection:
            if let bot = removeBot(id) { changes.noteDeleted(bot) }
        case MemberDocument.collection:
            if let member = removeMember(id), !member.isBeingDeleted { changes.deletedMembers.append(id) }
        case KeyDocument.collection:
            if let key = removeKey(id), key.key.revokedAt == nil { changes.revokedKeys.append(id) }
        default:
            return
        }
    }

    /// What differs between these tables and newer ones, after everything was loaded anew.
    func changes(to newer: SnapshotTables) -> SnapshotChanges {
        var changes = SnapshotChanges()
        companies.forEach { record in
            guard let company = record.company, !company.isBeingDeleted else { return }
            if newer.company(company.domain) == nil { changes.deletedCompanies.append(company.domain) }
        }
        bots.forEach { bot in
            guard let present = newer.bots[bot.resourceID] else { return changes.noteDeleted(bot) }
            if present.revision != bot.revision { changes.noteChanged(present) }
        }
        newer.bots.forEach { bot in
            if bots[bot.resourceID] == nil { changes.noteChanged(bot) }
        }
        members.forEach { member in
            guard !member.isBeingDeleted else { return }
            if newer.members[member.resourceID]?.isBeingDeleted ?? true {
                changes.deletedMembers.append(member.resourceID)
            }
        }
        keys.forEach { key in
            guard key.key.revokedAt == nil else { return }
            guard let present = newer.keys[key.digest], present.key.revokedAt == nil else {
                return changes.revokedKeys.append(key.key.resourceID)
            }
        }
        return changes
    }
}
