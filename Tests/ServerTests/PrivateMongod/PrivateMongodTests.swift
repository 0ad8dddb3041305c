import BSON
import Foundation
import Logging
import Mongo
import Testing

@testable import Server

/// On a real mongod: the one that `HIWORKER_MONGOD` names, on PATH, or of the set-up.
@Suite(.timeLimit(.minutes(3))) struct `The private mongod` {
    private let configuration: ServerConfiguration
    private let directory: DataDirectory
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() {
        var configuration = ServerConfiguration()
        let folder = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        configuration.dataDirectory = folder.path(percentEncoded: false)
        configuration.mongodExecutable = ProcessInfo.processInfo.environment["HIWORKER_MONGOD"]
        self.configuration = configuration
        directory = DataDirectory(configuration.dataDirectory)
    }

    private func removeAll() {
        try? FileManager.default.removeItem(atPath: directory.path)
    }

    private func start() async throws -> PrivateMongod {
        try await PrivateMongod.start(configuration, logger: logger)
    }

    private func launcher() throws -> MongodLauncher {
        let executable = try MongodExecutable(configured: configuration.mongodExecutable).find()
        return MongodLauncher(executable: executable, directory: directory, logger: logger)
    }

    private func withCollection<Result>(
        _ mongod: PrivateMongod,
        _ body: (MongoCollection) async throws -> Result
    ) async throws -> Result {
        let pool = try MongoPool(uri: mongod.uri, logger: logger)
        do {
            let result = try await body(pool.database("test").collection("things"))
            await pool.close()
            return result
        } catch {
            await pool.close()
            throw error
        }
    }

    /// Number of the mongod that runs on the data directory; nil when none does.
    private var process: pid_t? {
        directory.text(PrivateMongod.processFile).flatMap { pid_t($0) }
    }

    @Test func `takes writes, and keeps data and port over a restart`() async throws {
        defer { removeAll() }
        let first = try await start()
        let process = try #require(process)
        try await withCollection(first) { try await $0.insert(["_id": 1, "kept": true]) }
        await first.stop()
        #expect(kill(process, 0) == -1)
        #expect(self.process == nil)

        let second = try await start()
        #expect(second.uri == first.uri)
        let kept = try await withCollection(second) { try await $0.findOne(["_id": 1]) }
        #expect(kept?["kept"] == true)
        await second.stop()
    }

    @Test func `moves to another port with its data when its own is taken`() async throws {
        defer { removeAll() }
        let first = try await start()
        try await withCollection(first) { try await $0.insert(["_id": 1]) }
        await first.stop()
        let port = try #require(directory.text(PrivateMongod.portFile).flatMap { UInt16($0) })
        let squatter = try #require(Squatter(port: port))
        defer { squatter.end() }

        let second = try await start()
        #expect(second.uri != first.uri)
        let kept = try await withCollection(second) { try await $0.findOne(["_id": 1]) }
        #expect(kept != nil)
        await second.stop()
    }

    @Test func `is not mistaken for another that has its port`() async throws {
        defer { removeAll() }
        let first = try await start()
        let port = try #require(directory.text(PrivateMongod.portFile).flatMap { UInt16($0) })
        let second = DataDirectory(directory.file("second"))
        try DataDirectory(second.file(PrivateMongod.databaseFolder)).create()
        let executable = try MongodExecutable(configured: configuration.mongodExecutable).find()
        let launcher = MongodLauncher(executable: executable, directory: second, logger: logger)
        let error = try await #require(throws: PrivateMongodError.self) { try await launcher.launch(port: port) }
        #expect(error.code == .startFailed)
        try await withCollection(first) { try await $0.insert(["_id": 1]) }
        await first.stop()
    }

    @Test func `is refused to a second server on the same directory, which disturbs nobody`() async throws {
        defer { removeAll() }
        let first = try await start()
        let error = try await #require(throws: PrivateMongodError.self) { try await start() }
        #expect(error.code == .dataDirectory)
        #expect(error.description.contains("process \(getpid())"))
        try await withCollection(first) { try await $0.insert(["_id": 1]) }
        await first.stop()
    }

    @Test func `is started again where it was when it is killed`() async throws {
        defer { removeAll() }
        let mongod = try await start()
        let killed = try #require(process)
        let running = Task { try await mongod.run() }
        try await withCollection(mongod) { things in
            try await things.insert(["_id": 1])
            kill(killed, SIGKILL)
            // The pool finds it again by itself.
            while (try? await things.findOne(["_id": 1])) == nil || process == killed { await Task.yield() }
        }
        #expect(process != killed)
        running.cancel()
        try await running.value
        #expect(process == nil)
        try DataDirectoryLock(directory).release()
    }

    @Test func `that ends again and again is given up`() async throws {
        defer { removeAll() }
        let executable = try MongodExecutable(configured: configuration.mongodExecutable).find()
        try directory.create()
        let link = directory.file("mongod")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: executable)
        var configuration = configuration
        configuration.mongodExecutable = link

        let restarts = RestartPolicy(pause: .milliseconds(1))
        let mongod = try await PrivateMongod.start(configuration, restarts: restarts, logger: logger)
        directory.remove("mongod")
        kill(try #require(process), SIGKILL)
        let error = try await #require(throws: PrivateMongodError.self) { try await mongod.run() }
        #expect(error.code == .keepsEnding)
        #expect(error.description.contains("\(link) could not be started: No such file or directory."))
        #expect(error.description.contains(directory.file("mongod.log")))
        try DataDirectoryLock(directory).release()
    }

    @Test func `that a killed server left behind is ended first`() async throws {
        defer { removeAll() }
        try DataDirectory(directory.file(PrivateMongod.databaseFolder)).create()
        let (leftover, _) = try await launcher().launchOnSomePort()
        let mongod = try await start()
        #expect(await leftover.exit() == .code(0))
        await mongod.stop()
    }

    @Test func `that somebody else runs on the files is left alone`() async throws {
        defer { removeAll() }
        try DataDirectory(directory.file(PrivateMongod.databaseFolder)).create()
        let (other, _) = try await launcher().launchOnSomePort()
        try directory.write("1", to: PrivateMongod.processFile)
        let error = try await #require(throws: PrivateMongodError.self) { try await start() }
        #expect(error.code == .dataDirectory)
        #expect(error.description.contains("(process \(other.processID))"))
        #expect(kill(other.processID, 0) == 0)
        await other.stop(patience: .seconds(20))
    }

    @Test func `says why it cannot work with its files`() async throws {
        defer { removeAll() }
        try DataDirectory(directory.file(PrivateMongod.databaseFolder)).create()
        try DataDirectory(directory.file(PrivateMongod.databaseFolder)).write("no WiredTiger", to: "storage.bson")
        let error = try await #require(throws: PrivateMongodError.self) { try await start() }
        #expect(error.code == .startFailed)
        #expect(error.description.contains("(Unable to read the storage engine metadata file: "))
        try DataDirectoryLock(directory).release()
    }

    @Test func `is looked for on PATH and beside the working directory`() throws {
        defer { removeAll() }
        let installed = directory.file(".venv/bin")
        try DataDirectory(installed).create()
        var executable = MongodExecutable(
            searchPath: "/nonexistent:\(directory.path)",
            workingDirectory: directory.path,
            program: nil
        )
        let error = try #require(throws: PrivateMongodError.self) { try executable.find() }
        #expect(error.code == .noExecutable)
        #expect(error.description.contains("HIWORKER_MONGODB_URI"))

        for folder in [installed, directory.path] {
            let path = "\(folder)/mongod"
            try Data().write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
            #expect(try executable.find() == path)
        }
        executable.configured = "/nonexistent/mongod"
        let named = try #require(throws: PrivateMongodError.self) { try executable.find() }
        #expect(named.description.contains("/nonexistent/mongod"))
    }
}

/// A socket that takes a port of 127.0.0.1. Nobody listens on it, so that who connects is refused at once.
private struct Squatter {
    private let descriptor: Int32

    init?(port: UInt16) {
        #if canImport(Glibc)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        // Shared with connections of the last mongod that are just ending, and after that with nobody.
        setReuse(1)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = port.bigEndian
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isBound else { return nil }
        setReuse(0)
    }

    func end() {
        close(descriptor)
    }

    private func setReuse(_ value: Int32) {
        var value = value
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
