import BSON
import Logging
import Mongo

/// How the platform has its first administrator.
public enum AdminKeyOutcome: Sendable, Equatable {
    /// The key that was given is, or was already, stored.
    case given
    /// None was given, and the platform has keys of administrators.
    case exists
    /// None was given and there was none: this one was made, and its secret is known at this moment and never again.
    case made(APIKeySecret)
}

extension Directory {
    /// Sees to it that the platform has an administrator.
    ///
    /// A key that is given is added unless it is there; one that was revoked stays revoked. Without one, and without
    /// any in MongoDB, one is made; of processes that start at once exactly one makes it. Keys of administrators that
    /// were all revoked, and are still kept, count as there: `hiworker key admin` makes another.
    ///
    /// - Parameter given: A secret of the kind `admin`; traps for another.
    public func ensureAdminKey(given: APIKeySecret?) async throws(DirectoryError) -> AdminKeyOutcome {
        precondition(given.map { $0.kind == .admin } ?? true, "the first key is an administrator's")
        return try await limited { [self] () async throws(DirectoryError) in
            if let given {
                let key = NewKey(given, company: nil, ownerID: nil)
                if try await insertUnlessTaken(KeyDocument.make(key.key, digest: given.digest)) {
                    try await seen { $0.tables.keys[given.digest] != nil }
                } else {
                    try await warnUnlessValid(given)
                }
                return .given
            }
            if try await hasAdminKeys() { return .exists }
            let key = NewKey(kind: .admin, company: nil, ownerID: nil)
            var document = KeyDocument.make(key.key, digest: key.secret.digest)
            // One id for whoever makes the first key, so that only one can.
            document[KeyDocument.id] = .string(Self.firstAdminKey)
            guard try await insertUnlessTaken(document) else { return .exists }
            try await seen { $0.tables.keys[key.secret.digest] != nil }
            return .made(key.secret)
        }
    }

    private static let firstAdminKey = "key_FirstAdministrator00"

    private func hasAdminKeys() async throws(DirectoryError) -> Bool {
        try await stored { () async throws(MongoError) in
            try await collections.keys.findOne(
                [KeyDocument.kind: .string(KeyKind.admin.rawValue), KeyDocument.company: .null],
                projection: [KeyDocument.id: 1]
            )
        } != nil
    }

    private func insertUnlessTaken(_ key: BSONDocument) async throws(DirectoryError) -> Bool {
        try await stored { () async throws(MongoError) in
            do throws(MongoError) {
                try await collections.keys.insert(key)
                return true
            } catch let error where error.code == .duplicateKey {
                return false
            }
        }
    }

    private func warnUnlessValid(_ secret: APIKeySecret) async throws(DirectoryError) {
        let stored = try await stored { () async throws(MongoError) in
            try await collections.keys.findOne([KeyDocument.digest: .binary(bytes: secret.digest.bytes)])
        }
        guard let stored else { return }
        let key = try read(stored, APIKey.init)
        guard let refusal = key.refusal(now: .now) else { return }
        logger.warning(
            "The administrator's key that was given opens nothing; make another with `hiworker key admin`.",
            metadata: ["key": "\(key.id)", "reason": "\(refusal)"]
        )
    }
}
