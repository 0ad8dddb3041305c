import Foundation
import Synchronization

/// A running mongod, and a guard that kills it when this process is gone.
final class MongodProcess: Sendable {
    /// It ended before it was ready.
    struct EarlyEnd: Error, CustomStringConvertible {
        let log: String

        var isPortTaken: Bool { log.contains("Address already in use") }
        var description: String { "mongod ended instead of starting. The end of its log:\n\(log)" }
    }

    private let mongod: Process
    private let watcher: Process
    private let log: URL
    private let exit: AsyncStream<Never>

    init(_ executable: URL, arguments: [String], directory: URL) throws {
        log = directory.appending(path: "mongod.log")
        mongod = Process()
        mongod.executableURL = executable
        mongod.arguments = arguments
        mongod.standardInput = FileHandle.nullDevice
        mongod.standardOutput = FileHandle.nullDevice
        mongod.standardError = FileHandle.nullDevice
        let (exit, end) = AsyncStream.makeStream(of: Never.self)
        self.exit = exit
        mongod.terminationHandler = { _ in end.finish() }
        try mongod.run()
        watcher = try Self.watcher(of: mongod.processIdentifier, directory: directory)
    }

    /// A shell that reads from a pipe whose other end only we hold: when we are gone, however that came, it reads the
    /// end of the file. It removes the directory once mongod, which may take a moment to die, writes there no more.
    private static func watcher(of mongod: Int32, directory: URL) throws -> Process {
        let watcher = Process()
        watcher.executableURL = URL(filePath: "/bin/sh")
        let script = """
            read -r line
            kill -9 "$1"
            for attempt in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" && sleep 0.1; done
            rm -rf "$2"
            """
        watcher.arguments = ["-c", script, "watcher", String(mongod), directory.path()]
        let pipe = Pipe()
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        watcher.standardInput = pipe
        watcher.standardOutput = FileHandle.nullDevice
        watcher.standardError = FileHandle.nullDevice
        try watcher.run()
        return watcher
    }

    /// Sends the signal and waits for the end of mongod.
    func end(_ signal: Int32) async {
        self.signal(signal)
        for await _ in exit {}
        mongod.terminationHandler = nil
        if watcher.isRunning { kill(watcher.processIdentifier, SIGKILL) }
    }

    func signal(_ signal: Int32) {
        if mongod.isRunning { kill(mongod.processIdentifier, signal) }
    }

    func checkRunning() throws {
        guard !mongod.isRunning else { return }
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        throw EarlyEnd(log: String(text.suffix(2000)))
    }
}
