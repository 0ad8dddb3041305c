import BSON

/// When a write counts as done.
public enum MongoWriteConcern: Sendable, Hashable {
    /// A majority of the replica set has it in its journal: it survives the loss of any one server. The default.
    case majorityJournaled
    /// The primary has it in memory: a crash may lose the last 100 ms, a change of primary somewhat more. For what is
    /// cheap to lose.
    case acknowledged

    /// As options of libmongoc. The server gives up waiting for the majority after `limit`; the write stays.
    func options(within limit: Duration) -> BSONDocument {
        switch self {
        case .majorityJournaled:
            ["writeConcern": ["w": "majority", "j": true, "wtimeout": .int64(limit.inMilliseconds)]]
        case .acknowledged:
            ["writeConcern": ["w": .int32(1)]]
        }
    }
}
