/// The errors of this module itself, each with its sentence.
extension MongoError {
    static func callTimedOut(after limit: Duration) -> Self {
        Self(
            .timedOut,
            "MongoDB did not answer within \(limit.inSeconds). A write may have been carried out all the same."
        )
    }

    static func queuedTooLong(_ limit: Duration) -> Self {
        Self(
            .timedOut,
            "The call waited \(limit.inSeconds) for a free connection and was dropped; nothing was sent to MongoDB."
        )
    }

    static let closed = Self(.closed, "The connections to MongoDB were closed.")

    static let cancelled = Self(.cancelled, "The call was cancelled.")

    static func queueFull(_ bound: Int) -> Self {
        Self(.queueFull, "\(bound) calls wait for MongoDB already; no more are taken until some are done.")
    }

    static func tooManyChangeStreams(_ bound: Int) -> Self {
        Self(.queueFull, "\(bound) change streams are open already; close one before you open another.")
    }

    static func noThread(errno: Int32) -> Self {
        Self(.unavailable, "The system refused to start a thread for MongoDB (errno \(errno)).")
    }

    static func invalidArgument(_ message: String) -> Self {
        Self(.invalidArgument, message)
    }

    static func invalidReply(_ command: String, _ reason: String) -> Self {
        Self(.invalidReply, "MongoDB answered \(command) in an unexpected form: \(reason)")
    }
}
