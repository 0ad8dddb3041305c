import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Server

/// The meeting-room bot as a child process, listening on loopback.
final class MeetingRoomsBot: Sendable {
    private static let startPatience = Duration.seconds(30)
    private static let stopPatience = Duration.seconds(5)
    /// Between two looks whether it listens: it has no way to say so.
    private static let lookPause = Duration.milliseconds(50)

    let port: UInt16
    private let checkout: Checkout
    private let directory: DataDirectory
    private let logger: Logger

    init(_ checkout: Checkout, directory: DataDirectory, logger: Logger) throws(CommandFailure) {
        guard let port = LoopbackPort.free() else {
            throw CommandFailure(.unavailable, "No port of 127.0.0.1 is free for the demo's bot.")
        }
        self.port = port
        self.checkout = checkout
        self.directory = directory
        self.logger = logger
    }

    var webhook: String { "http://127.0.0.1:\(port)/" }

    /// Where it keeps the bookings.
    var bookingsFile: String { directory.file("meeting-rooms.json") }

    private var log: String { directory.file("meeting-rooms.log") }

    /// Runs it until the task is cancelled; starts it again when it ends by itself.
    ///
    /// Calls `whenReady` once, when it listens. Throws ``CommandFailure`` when it cannot be kept running.
    func run(secret: String, whenReady: () async throws -> Void) async throws {
        var policy = RestartPolicy()
        var isFirst = true
        while !Task.isCancelled {
            let since = ContinuousClock.now
            let process = try start(secret: secret)
            do {
                try await waitUntilListening(process)
                if isFirst { try await whenReady() }
            } catch {
                await process.stop(patience: Self.stopPatience)
                throw error
            }
            isFirst = false
            guard let exit = await process.exit() else {
                await process.stop(patience: Self.stopPatience)
                return
            }
            guard case .restart(let pause) = policy.ended(ranFor: since.duration(to: .now)) else { throw ended(exit) }
            logger.error(
                "the demo's bot ended and is started again",
                metadata: ["reason": "\(exit)", "pause": "\(pause)", "log": "\(log)"]
            )
            try? await Task.sleep(for: pause)
        }
    }

    private func start(secret: String) throws(CommandFailure) -> ChildProcess {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HIWORKER_") }
        environment["HIWORKER_WEBHOOK_SECRET"] = secret
        environment["PYTHONPATH"] = checkout.examples
        environment["PYTHONUNBUFFERED"] = "1"
        environment["MEETING_ROOMS_HOST"] = "127.0.0.1"
        environment["MEETING_ROOMS_PORT"] = String(port)
        environment["MEETING_ROOMS_FILE"] = bookingsFile
        do {
            return try ChildProcess(
                checkout.python,
                arguments: ["-m", "meeting_rooms"],
                environment: environment,
                output: log
            )
        } catch {
            throw CommandFailure(.unavailable, error.description)
        }
    }

    private func waitUntilListening(_ process: ChildProcess) async throws {
        let start = await withTaskGroup(of: Start.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    if await self.isListening() { return .listening }
                    try? await Task.sleep(for: Self.lookPause)
                }
                return .cancelled
            }
            group.addTask { await process.exit().map { .ended($0) } ?? .cancelled }
            group.addTask {
                do {
                    try await Task.sleep(for: Self.startPatience)
                    return .overdue
                } catch {
                    return .cancelled
                }
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            return first
        }
        switch start {
        case .listening: return
        case .cancelled: throw CancellationError()
        case .ended(let exit): throw ended(exit)
        case .overdue:
            throw CommandFailure(.unavailable, "The demo's bot does not listen on port \(port). Its log is \(log).")
        }
    }

    private enum Start: Sendable {
        case listening, overdue, cancelled
        case ended(ChildProcess.Exit)
    }

    private func isListening() async -> Bool {
        let request = HTTPClientRequest(url: "\(webhook)healthz")
        guard let response = try? await HTTPClient.shared.execute(request, timeout: .seconds(1)) else { return false }
        return response.status == HTTPResponseStatus.ok
    }

    private func ended(_ exit: ChildProcess.Exit) -> CommandFailure {
        CommandFailure(
            .unavailable,
            "The demo's bot \(exit). Its log is \(log). If a Python package is missing, run ‘make run’ once."
        )
    }
}
