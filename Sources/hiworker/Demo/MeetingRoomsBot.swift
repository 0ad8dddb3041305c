import Foundation
import Logging
import Server

/// The meeting-room bot as a child process that dials out to the server.
final class MeetingRoomsBot: Sendable {
    private static let startPatience = Duration.seconds(30)
    private static let stopPatience = Duration.seconds(5)
    /// Between two looks whether it is online.
    private static let lookPause = Duration.milliseconds(50)

    private let checkout: Checkout
    private let directory: DataDirectory
    private let logger: Logger

    init(_ checkout: Checkout, directory: DataDirectory, logger: Logger) {
        self.checkout = checkout
        self.directory = directory
        self.logger = logger
    }

    /// Where it keeps the bookings.
    var bookingsFile: String { directory.file("meeting-rooms.json") }

    private var log: String { directory.file("meeting-rooms.log") }

    /// Runs it until the task is cancelled; starts it again when it ends by itself.
    ///
    /// - Parameters:
    ///   - key: its API key.
    ///   - url: the server's.
    ///   - look: what tells that it is online; asked again and again until it is not nil.
    ///   - whenReady: called once, with what `look` told.
    /// - Throws: ``CommandFailure`` when it cannot be kept running.
    func run<Sight: Sendable>(
        key: String,
        url: String,
        look: @escaping @Sendable () async throws -> Sight?,
        whenReady: (Sight) async throws -> Void
    ) async throws {
        var policy = RestartPolicy()
        var isFirst = true
        while !Task.isCancelled {
            let since = ContinuousClock.now
            let process = try start(key: key, url: url)
            do {
                if isFirst { try await whenReady(try await waitUntilOnline(process, look)) }
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

    private func start(key: String, url: String) throws(CommandFailure) -> ChildProcess {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HIWORKER_") }
        environment["HIWORKER_API_KEY"] = key
        environment["HIWORKER_URL"] = url
        environment["PYTHONPATH"] = checkout.pythonPath
        environment["PYTHONUNBUFFERED"] = "1"
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

    private func waitUntilOnline<Sight: Sendable>(
        _ process: ChildProcess,
        _ look: @escaping @Sendable () async throws -> Sight?
    ) async throws -> Sight {
        try await withThrowingTaskGroup(of: Sight.self) { group in
            group.addTask {
                while true {
                    if let sight = try await look() { return sight }
                    try await Task.sleep(for: Self.lookPause)
                }
            }
            group.addTask {
                guard let exit = await process.exit() else { throw CancellationError() }
                throw self.ended(exit)
            }
            group.addTask {
                try await Task.sleep(for: Self.startPatience)
                throw CommandFailure(.unavailable, "The demo's bot does not connect. Its log is \(self.log).")
            }
            defer { group.cancelAll() }
            guard let sight = try await group.next() else { throw CancellationError() }
            return sight
        }
    }

    private func ended(_ exit: ChildProcess.Exit) -> CommandFailure {
        CommandFailure(
            .unavailable,
            "The demo's bot \(exit). Its log is \(log). If a Python package is missing, run ‘make run’ once."
        )
    }
}
