public import Logging
import Synchronization

/// The connections to one MongoDB deployment and the threads that use them.
///
///     task ──job──► bounded queue ──► worker thread: pop a client, call libmongoc, push it back ──result──► task
///
/// There are as many worker threads as clients, so no thread waits for a client. Nothing of a call outlives it: no
/// cursor, no session. Change streams have a thread and a client each, beside these.
///
/// Every call ends within ``Configuration/callTimeout``, also when the server hangs or the queue is long.
/// All methods may be called from any thread and task.
public final class MongoPool: Sendable {
    public let configuration: Configuration
    let changeStreams: ChangeStreams
    private let clients: ClientPool
    private let workers: WorkerThreads
    private let logger: Logger
    private let closing = Mutex<Task<Void, Never>?>(nil)

    /// Starts the threads. Nothing is sent before the first call, except that a `mongodb+srv:` address is looked up,
    /// which blocks.
    ///
    /// Throws `invalidArgument` when the address cannot be read; the error and the log never quote its password.
    public init(uri: String, configuration: Configuration = Configuration(), logger: Logger) throws(MongoError) {
        Libmongoc.start(logger: logger)
        try configuration.check()
        let address = try ConnectionString(uri, configuration)
        clients = try ClientPool(address, maximumClients: configuration.size + configuration.maximumChangeStreams)
        do {
            workers = try WorkerThreads(
                count: configuration.size,
                maximumQueuedJobs: configuration.maximumQueuedJobs,
                timeLimit: configuration.callTimeout
            )
        } catch {
            clients.destroy()
            throw error
        }
        changeStreams = ChangeStreams(clients: clients, maximumCount: configuration.maximumChangeStreams)
        self.configuration = configuration
        self.logger = logger
    }

    /// Nothing is sent to the server; a name that it refuses shows at the first call.
    public func database(_ name: String) -> MongoDatabase {
        MongoDatabase(pool: self, name: name)
    }

    /// How many calls wait for a free connection.
    public var queuedCalls: Int { workers.queuedJobs }

    /// Refuses new calls with `closed`, ends the change streams with the same error, waits for the calls that were made
    /// before, and for the threads.
    ///
    /// May be called more than once: every call returns when all is closed. It takes as long as the last call does;
    /// with a server that hangs up to about ten seconds, because a call under way in libmongoc cannot be broken off.
    public func close() async {
        await startClosing().value
    }

    private func startClosing() -> Task<Void, Never> {
        closing.withLock { closing in
            if let closing { return closing }
            let task = Task { [workers, changeStreams, clients] in
                workers.stopAccepting()
                await changeStreams.close()
                await workers.end { clients.destroy() }
            }
            closing = task
            return task
        }
    }

    deinit {
        guard closing.withLock({ $0 == nil }) else { return }
        logger.warning("A pool of connections to MongoDB was dropped without being closed; closing it now.")
        _ = startClosing()
    }

    /// Runs a job on a worker thread, with a client of its own.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable (borrowing Client, any RunningJob) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        try await workers.run { [clients] (job) throws(MongoError) in
            try clients.withClient { (client) throws(MongoError) in
                try work(client, job)
            }
        }
    }

    func run<Value: Sendable>(
        _ work: @escaping @Sendable (borrowing Client) throws(MongoError) -> Value
    ) async throws(MongoError) -> Value {
        try await run { (client, _) throws(MongoError) in try work(client) }
    }
}
