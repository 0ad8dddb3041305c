public import BSON

/// Why MongoDB, or the way to it, did not do what it was asked.
public struct MongoError: Error, Hashable, CustomStringConvertible {
    /// The kind of an error, to tell apart in code. More kinds may come.
    public let code: Code
    /// The server's own number of the error; nil when it never came to a server or no answer came back.
    public let serverCode: Int?
    /// What happened and what to do, as a sentence for an operator. It may quote field values, never credentials.
    public let message: String
    /// What the server says of the error, such as `RetryableWriteError` or `ResumableChangeStreamError`.
    public let labels: Set<String>
    /// Of a duplicate key: the fields of the unique index, in its order.
    public let keyPattern: BSONDocument?
    /// Of a bulk write: the writes that failed, by index. Of an ordered one it is the first, and none after it was
    /// tried; of an unordered one all others were carried out.
    public let failedWrites: [FailedWrite]

    init(
        _ code: Code,
        _ message: String,
        serverCode: Int? = nil,
        labels: Set<String> = [],
        keyPattern: BSONDocument? = nil,
        failedWrites: [FailedWrite] = []
    ) {
        self.code = code
        self.serverCode = serverCode
        self.message = message
        self.labels = labels
        self.keyPattern = keyPattern
        self.failedWrites = failedWrites
    }

    public var description: String { message }

    /// Whether MongoDB was away, hung or between two primaries: the same call may work in a while.
    ///
    /// A write may have been carried out nevertheless; only its answer did not arrive.
    public var isTransient: Bool { code == .unavailable || code == .timedOut }

    /// One write of a bulk that the server refused.
    public struct FailedWrite: Sendable, Hashable {
        /// Its place in the bulk, from 0.
        public let index: Int
        public let code: Code
        public let serverCode: Int
        /// The server's words.
        public let message: String
        /// Of a duplicate key: the fields of the unique index, in its order.
        public let keyPattern: BSONDocument?
    }
}
