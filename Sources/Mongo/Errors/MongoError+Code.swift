extension MongoError {
    /// The kind of an error, to tell apart in code. More kinds may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case unavailable, timedOut, duplicateKey, unauthorized
            case changeStreamHistoryLost, notAReplicaSet
            case queueFull, closed, cancelled
            case invalidArgument, invalidReply, server
        }

        private let kind: Kind

        /// No connection, no primary, or the connection broke.
        public static let unavailable = Self(kind: .unavailable)
        /// A time limit ran out: the pool's own, or one that was given to the server.
        public static let timedOut = Self(kind: .timedOut)
        /// A unique index has this key already; see ``MongoError/keyPattern``.
        public static let duplicateKey = Self(kind: .duplicateKey)
        /// User name, password or rights are not what the server wants.
        public static let unauthorized = Self(kind: .unauthorized)
        /// The place where a change stream was to go on is gone from the server's log: read everything anew.
        public static let changeStreamHistoryLost = Self(kind: .changeStreamHistoryLost)
        /// The server stands alone, and so has no change streams.
        public static let notAReplicaSet = Self(kind: .notAReplicaSet)
        /// As many calls wait already, or as many change streams are open, as the pool's bound allows.
        public static let queueFull = Self(kind: .queueFull)
        /// The pool was closed.
        public static let closed = Self(kind: .closed)
        /// The task that awaited the call was cancelled before the call began, or between two steps of a scan.
        public static let cancelled = Self(kind: .cancelled)
        /// What was asked for makes no sense; nothing was sent.
        public static let invalidArgument = Self(kind: .invalidArgument)
        /// What came back is not what this command answers.
        public static let invalidReply = Self(kind: .invalidReply)
        /// Anything else that the server refused; see ``MongoError/serverCode``.
        public static let server = Self(kind: .server)

        public var description: String { kind.rawValue }
    }
}

extension MongoError.Code {
    /// The kind of a number that a server answers with (`src/mongo/base/error_codes.yml` of the server).
    init(serverCode: Int) {
        self =
            switch serverCode {
            case 11000, 11001, 12582: .duplicateKey
            case 40573: .notAReplicaSet
            // CappedPositionLost, InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost.
            case 136, 260, 280, 286: .changeStreamHistoryLost
            // Unauthorized, AuthenticationFailed, UserNotFound.
            case 13, 18, 11: .unauthorized
            // MaxTimeMSExpired, WriteConcernFailed, NetworkTimeout, ExceededTimeLimit, and a network time-out between
            // servers.
            case 50, 64, 89, 262, 202: .timedOut
            // HostUnreachable, HostNotFound, CursorNotFound, ShutdownInProgress, no server for the read preference.
            case 6, 7, 43, 91, 133: .unavailable
            // PrimarySteppedDown, SocketException, NotWritablePrimary, interrupted, not primary, recovering.
            case 189, 9001, 10107, 11600, 11601, 11602, 13435, 13436: .unavailable
            default: .server
            }
    }
}
