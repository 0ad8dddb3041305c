import CMongoC
import Logging
import Synchronization

/// What a process has of libmongoc once: its initialisation, its log, its name in the server's log.
enum Libmongoc {
    private static let logger = Mutex<Logger?>(nil)
    /// How many calls of ``withoutLog(_:)`` are under way.
    private static let mutes = Atomic(0)

    /// Initialises libmongoc at the first call; later calls do nothing.
    ///
    /// libmongoc has one log for the whole process. What it says goes to the first pool's logger at level debug:
    /// whatever matters comes back to the caller as an error as well.
    ///
    /// `mongoc_cleanup` is never called. It may run only once, when no pool will ever be made again, which nobody in a
    /// process can know; what it frees is global and ends with the process.
    static func start(logger first: Logger) {
        logger.withLock { logger in
            guard logger == nil else { return }
            logger = first
            mongoc_log_set_handler(
                { level, domain, message, _ in Libmongoc.log(level, domain: domain, message: message) },
                nil
            )
            mongoc_init()
            mongoc_handshake_data_append("hiworker", nil, nil)
        }
    }

    /// Drops what libmongoc logs meanwhile, because it may quote a password.
    static func withoutLog<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        mutes.add(1, ordering: .relaxed)
        defer { mutes.subtract(1, ordering: .relaxed) }
        return try body()
    }

    /// Called under a lock of libmongoc's: must not call libmongoc.
    private static func log(
        _ level: mongoc_log_level_t,
        domain: UnsafePointer<CChar>?,
        message: UnsafePointer<CChar>?
    ) {
        guard mutes.load(ordering: .relaxed) == 0 else { return }
        // Not available only during `start`, when nothing worth logging happens.
        guard let logger = logger.withLockIfAvailable({ $0 }) ?? nil else { return }
        logger.debug(
            "libmongoc: \(message.map { String(cString: $0) } ?? "")",
            metadata: [
                "libmongoc_domain": "\(domain.map { String(cString: $0) } ?? "")",
                "libmongoc_level": "\(String(cString: mongoc_log_level_str(level)))",
            ]
        )
    }
}
