import Foundation
import Logging
import Mongo

/// Starts a mongod on a data directory and waits until it takes writes.
struct MongodLauncher: Sendable {
    /// What mongod logs when its port is taken, whether it finds out as it binds (and exits) or as it listens (and aborts).
    private static let addressInUse = "Address already in use"
    /// How many ports are tried, since another process may take one between our look and the mongod's.
    private static let portTries = 3
    /// A mongod that was killed first repairs its files, which takes a while when there is much to repair.
    private static let readyPatience = Duration.seconds(120)
    /// Enough for the change stream to resume after minutes of heavy traffic; the default is a twentieth of the disk.
    private static let oplogMegabytes = 512

    let executable: String
    let directory: DataDirectory
    let logger: Logger

    /// On the port of the last time when that is free, else on another, which is kept for the next time.
    func launchOnSomePort() async throws(PrivateMongodError) -> (process: ChildProcess, port: UInt16) {
        var wanted = directory.text(PrivateMongod.portFile).flatMap { UInt16($0) }
        for _ in 1..<Self.portTries {
            let port = try choosePort(wanted)
            do throws(LaunchFailure) {
                return (try await attempt(port: port), port)
            } catch {
                guard error.portIsTaken else { throw error.asError }
                wanted = nil
            }
        }
        let port = try choosePort(nil)
        return (try await launch(port: port), port)
    }

    /// On this port.
    func launch(port: UInt16) async throws(PrivateMongodError) -> ChildProcess {
        do throws(LaunchFailure) {
            return try await attempt(port: port)
        } catch {
            throw error.asError
        }
    }

    private func choosePort(_ wanted: UInt16?) throws(PrivateMongodError) -> UInt16 {
        if let wanted, LoopbackPort.isFree(wanted) { return wanted }
        guard let port = LoopbackPort.free() else {
            throw PrivateMongodError(.startFailed, "No port of 127.0.0.1 is free for the private mongod.")
        }
        if let wanted {
            // It first asks whoever has the old port whether that is itself; a program that accepts and says nothing costs
            // half a minute.
            logger.notice(
                "another program has the private mongod's port; moving to another, which can take half a minute",
                metadata: ["old": "\(wanted)", "new": "\(port)"]
            )
        }
        do throws(DataDirectoryError) {
            try directory.write(String(port), to: PrivateMongod.portFile)
        } catch {
            throw PrivateMongodError(.dataDirectory, error.description)
        }
        return port
    }

    private struct LaunchFailure: Error {
        var asError: PrivateMongodError
        var portIsTaken = false
    }

    private func attempt(port: UInt16) async throws(LaunchFailure) -> ChildProcess {
        let log = MongodLog(path: directory.file(PrivateMongod.logFile))
        log.rotate()
        let logged = log.size
        let process: ChildProcess
        do {
            process = try ChildProcess(
                executable,
                arguments: arguments(port: port),
                environment: Self.environment,
                output: log.path
            )
        } catch {
            throw LaunchFailure(asError: PrivateMongodError(.startFailed, error.description))
        }
        do {
            try directory.write(String(process.processID), to: PrivateMongod.processFile)
        } catch {
            await process.stop(patience: .zero)
            throw LaunchFailure(asError: PrivateMongodError(.dataDirectory, error.description))
        }
        logger.debug("mongod started", metadata: ["process": "\(process.processID)", "port": "\(port)"])

        let replicaSet = ReplicaSet(port: port, logger: logger)
        let outcome = await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await process.exit().map { .ended($0) } ?? .cancelled }
            group.addTask {
                do {
                    let isOurs = try await replicaSet.bringUp(process.processID, within: Self.readyPatience)
                    return isOurs ? .ready : .portTaken
                } catch {
                    return .failed("\(error)")
                }
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            return first
        }
        if case .ready = outcome { return process }
        await process.stop(patience: .seconds(5))
        let complaint = log.complaint(after: logged).map { " (\($0))" } ?? ""
        let place = "Its log is \(log.path)."
        switch outcome {
        case .ended(let exit):
            throw LaunchFailure(
                asError: PrivateMongodError(.startFailed, "\(executable) \(exit)\(complaint). \(place)"),
                portIsTaken: complaint.contains(Self.addressInUse)
            )
        case .portTaken:
            throw LaunchFailure(
                asError: PrivateMongodError(.startFailed, "Another mongod has port \(port) of \(executable)."),
                portIsTaken: true
            )
        case .failed(let reason):
            throw LaunchFailure(
                asError: PrivateMongodError(
                    .startFailed,
                    "\(executable) runs and does not become ready: \(reason)\(complaint). \(place)"
                )
            )
        case .ready, .cancelled:
            throw LaunchFailure(asError: PrivateMongodError(.startFailed, "Starting \(executable) was broken off."))
        }
    }

    private enum Outcome: Sendable {
        case ready, portTaken, cancelled
        case ended(ChildProcess.Exit)
        case failed(String)
    }

    private func arguments(port: UInt16) -> [String] {
        [
            "--replSet", ReplicaSet.name,
            "--bind_ip", "127.0.0.1",
            "--port", String(port),
            "--dbpath", directory.file(PrivateMongod.databaseFolder),
            "--logpath", directory.file(PrivateMongod.logFile), "--logappend",
            "--oplogSize", String(Self.oplogMegabytes),
            // The file in /tmp that it would listen on besides is in the way of other users' mongods.
            "--nounixsocket",
            // 200 MB of measurements that nobody looks at.
            "--setParameter", "diagnosticDataCollectionEnabled=false",
        ]
    }

    /// Without our variables, some of which are secret, and with a locale that exists: mongod refuses to start with
    /// another, such as one that came over ssh.
    private static var environment: [String: String] {
        var environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HIWORKER_") }
        environment["LC_ALL"] = "C"
        return environment
    }
}
