import Foundation

/// A mongod that an earlier server of this data directory left running: it was killed, and so was the guardian.
struct LeftoverMongod {
    /// The file in the database's folder that a running mongod holds locked, with its process number in it.
    private static let lockFile = "mongod.lock"

    /// Ends it, if there is one, and returns when its files are free.
    ///
    /// Throws when a mongod that we did not start uses the files: it belongs to somebody.
    static func end(
        in directory: DataDirectory,
        patience: Duration
    ) async throws(PrivateMongodError) {
        let path = "\(directory.file(PrivateMongod.databaseFolder))/\(lockFile)"
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer {
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }

        // The holder wrote its number into the file that it holds. When that is the number we noted as we started one, it
        // is ours, and no other process can have come by the same number meanwhile.
        let holder = directory.text("\(PrivateMongod.databaseFolder)/\(lockFile)").flatMap { pid_t($0) }
        let started = directory.text(PrivateMongod.processFile).flatMap { pid_t($0) }
        guard let holder, holder == started else {
            throw PrivateMongodError(
                .dataDirectory,
                "A mongod that this server did not start (process \(holder.map { "\($0)" } ?? "unknown")) uses "
                    + "\(directory.file(PrivateMongod.databaseFolder)). Stop it, or name another folder with "
                    + "HIWORKER_DATA_DIR (--data-dir)."
            )
        }
        kill(holder, SIGTERM)
        let force = Task {
            try await Task.sleep(for: patience)
            kill(holder, SIGKILL)
        }
        await locked(descriptor)
        force.cancel()
    }

    /// Waits, on a thread of its own, until nobody else holds the lock.
    private static func locked(_ descriptor: Int32) async {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
                continuation.resume()
            }
            thread.start()
        }
    }
}
