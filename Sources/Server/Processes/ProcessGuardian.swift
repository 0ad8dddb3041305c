import Foundation

/// A shell that stops a child when this process has died without doing so, by SIGKILL for example.
///
/// It reads from a pipe whose other end this process alone holds and never writes to: the read ends when this process
/// does, in whatever way. Linux could signal the child by itself (`PR_SET_PDEATHSIG`), but it does so as soon as the
/// *thread* that started the child ends, and other systems cannot.
final class ProcessGuardian: Sendable {
    private let processID: pid_t
    private let writeEnd: Int32

    /// Starts guarding a child of this process.
    init(guarding child: pid_t) throws(SpawnError) {
        let shell = "/bin/sh"
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SpawnError(shell, code: errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        writeEnd = ends[1]
        do {
            processID = try spawn(
                shell,
                arguments: ["-c", "read -r line || kill -TERM \"$1\"", "guardian", String(child)],
                environment: [:],
                files: [.open(ends[0], as: 0), .null(as: 1), .null(as: 2)]
            )
        } catch {
            close(writeEnd)
            throw error
        }
    }

    /// Ends the guard, once its child has been reaped. To be called once.
    func dismiss() {
        kill(processID, SIGKILL)
        _ = reap(processID)
        close(writeEnd)
    }
}
