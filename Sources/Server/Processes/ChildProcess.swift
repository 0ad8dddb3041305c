package import Foundation
import Synchronization

/// A program that this process runs, and that ends with it, whatever way this process ends.
///
/// It leads a process group of its own, so that Ctrl-C in a terminal reaches this process alone, which then stops it in
/// order. It gets no open file of this process but the three standard ones. When this process is killed, its
/// ``ProcessGuardian`` stops it.
package final class ChildProcess: Sendable {
    package let processID: pid_t
    private let guardian: ProcessGuardian
    private let state = Mutex(State())

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - executable: the path of the program.
    ///   - arguments: without the program's name.
    ///   - environment: all of it; nothing is inherited.
    ///   - output: a file that standard output and standard error are appended to, made with mode 0600 when missing.
    package init(
        _ executable: String,
        arguments: [String],
        environment: [String: String],
        output: String
    ) throws(SpawnError) {
        processID = try spawn(
            executable,
            arguments: arguments,
            environment: environment,
            files: [.appending(to: output, as: [1, 2]), .null(as: 0)]
        )
        do {
            guardian = try ProcessGuardian(guarding: processID)
        } catch {
            kill(processID, SIGKILL)
            _ = reap(processID)
            throw error
        }
        let thread = Thread { [self] in waitForExit() }
        thread.name = "wait for \(processID)"
        thread.start()
    }

    /// How a process ended.
    package enum Exit: Sendable, Hashable, CustomStringConvertible {
        case code(Int32)
        case signal(Int32)

        /// The end of a sentence: “exited with code 1”.
        package var description: String {
            switch self {
            case .code(let code): "exited with code \(code)"
            case .signal(let signal): "was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
            }
        }
    }

    /// Waits for the end of the process; at once when it has ended. Nil when the waiting task is cancelled first.
    package func exit() async -> Exit? {
        let (exits, waiting) = AsyncStream<Exit>.makeStream(bufferingPolicy: .bufferingOldest(1))
        let known = state.withLock { state in
            if state.exit == nil { state.waiting.append(waiting) }
            return state.exit
        }
        if let known { return known }
        return await exits.first { _ in true }
    }

    /// Sends a signal, unless the process has ended.
    package func send(_ signal: Int32) {
        state.withLock { state in
            // The number is ours until it is reaped, which happens under this lock.
            if state.exit == nil { kill(processID, signal) }
        }
    }

    /// Asks the process to end, ends it by force after `patience`, and returns when it has ended, also in a task that
    /// is cancelled.
    package func stop(patience: Duration) async {
        let force = Task {
            try await Task.sleep(for: patience)
            send(SIGKILL)
        }
        send(SIGTERM)
        // A task of its own, since a cancelled one does not wait.
        _ = await Task { await exit() }.value
        force.cancel()
    }

    /// Blocks the waiting thread until the process has ended.
    private func waitForExit() {
        waitUntilEnded(processID)
        let (exit, waiting) = state.withLock { state in
            let exit = reap(processID)
            state.exit = exit
            defer { state.waiting = [] }
            return (exit, state.waiting)
        }
        for continuation in waiting { continuation.yield(exit) }
        guardian.dismiss()
    }

    private struct State {
        /// Nil while the process runs.
        var exit: Exit?
        /// At most one for each call of ``exit()``, of which there are few.
        var waiting: [AsyncStream<Exit>.Continuation] = []
    }
}
