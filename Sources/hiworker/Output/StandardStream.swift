import Foundation
import Synchronization

/// Standard output and standard error, written in one piece and without failing: whoever read them may be gone.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// One text at a time: a pipe takes only 4 KiB in one piece.
    private static let turn = Mutex(())

    /// Writes all of the text, or as much as somebody takes; texts of several threads do not mix.
    func write(_ text: String) {
        Self.turn.withLock { _ in writeAll(text) }
    }

    private func writeAll(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let count = Foundation.write(rawValue, rest.baseAddress, rest.count)
                if count >= 0 {
                    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
                } else if errno == EAGAIN {
                    // Somebody who shares the terminal made it non-blocking.
                    var ready = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
                    poll(&ready, 1, -1)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }

    /// Lets a long-running process survive the end of what its output is piped to; a command that prints a list should
    /// end then, as it does without this.
    static func outliveReaders() {
        signal(SIGPIPE, SIG_IGN)
    }
}
