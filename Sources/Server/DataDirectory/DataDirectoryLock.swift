import Foundation
import Synchronization

/// Keeps a second server off a data directory that holds a private mongod.
///
/// The system takes the lock back when this process ends in whatever way, so a lock is never stale: the file that is left
/// behind locks nothing.
package final class DataDirectoryLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Locks an existing data directory.
    ///
    /// Throws an error that names the process which holds it.
    package init(_ directory: DataDirectory) throws(DataDirectoryError) {
        let path = directory.file("lock")
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw DataDirectoryError(writing: path, code: errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            guard code == EWOULDBLOCK else { throw DataDirectoryError(writing: path, code: code) }
            let holder = directory.text("lock").flatMap { Int($0) }.map { "process \($0)" } ?? "another process"
            throw DataDirectoryError(
                "The data directory \(directory.path) is in use by a hiworker that is running (\(holder)). "
                    + "Stop that one, or give this one a folder of its own with HIWORKER_DATA_DIR (--data-dir)."
            )
        }
        // For the sentence above alone; the lock is not the number.
        let number = "\(getpid())\n"
        ftruncate(opened, 0)
        _ = pwrite(opened, number, number.utf8.count, 0)
        descriptor = Mutex(opened)
    }

    /// Gives the directory free; harmless when it is free already.
    package func release() {
        descriptor.withLock { descriptor in
            if let opened = descriptor {
                // Closing alone would not do at once: a child that is just being started has the file open too.
                flock(opened, LOCK_UN)
                close(opened)
            }
            descriptor = nil
        }
    }

    deinit { release() }
}
