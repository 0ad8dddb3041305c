extension MongoPool {
    /// How many connections a ``MongoPool`` holds and how long it waits. The limits replace those in the address.
    public struct Configuration: Sendable, Hashable {
        /// Connections and threads for calls; at least 1.
        public var size = 8
        /// How many calls may wait for a thread before further ones are refused with `queueFull`; at least 1.
        public var maximumQueuedJobs = 1024
        /// How many change streams may be open at a time, each with a connection and a thread of its own.
        public var maximumChangeStreams = 8
        /// How long a call may take altogether: in the queue, at work, repeated after a broken connection. When it runs
        /// out the call fails with `timedOut`, whatever its thread is waiting for.
        public var callTimeout = Duration.milliseconds(4500)
        /// How long to look for a primary before a call fails with `unavailable`.
        public var serverSelectionTimeout = Duration.seconds(3)
        /// How long a connection may take to come about.
        public var connectTimeout = Duration.seconds(3)
        /// How long the server may be silent on a connection that waits for it; longer than ``changeStreamWait``.
        public var socketTimeout = Duration.seconds(4)
        /// How long one look for changes waits at the server: how often a quiet stream shows that it lives, and how
        /// long it may take to end.
        public var changeStreamWait = Duration.milliseconds(500)
        /// What the server's log calls us, unless the address has an `appName`. At most 128 bytes.
        public var applicationName = "hiworker"

        public init() {}
    }
}

extension MongoPool.Configuration {
    /// What the server is told about its time, so that its own error, which says more, comes before ours.
    var serverTimeLimit: Duration { max(socketTimeout - .milliseconds(500), .milliseconds(1)) }

    func check() throws(MongoError) {
        guard size >= 1, maximumQueuedJobs >= 1, maximumChangeStreams >= 0 else {
            throw .invalidArgument(
                "A pool of connections to MongoDB needs at least one connection and one waiting place."
            )
        }
        guard socketTimeout > changeStreamWait, changeStreamWait > .zero else {
            throw .invalidArgument("The socket time-out must be longer than the wait for changes.")
        }
        guard callTimeout > .zero, serverSelectionTimeout > .zero, connectTimeout > .zero else {
            throw .invalidArgument("The time limits of MongoDB must be longer than nothing.")
        }
    }
}
