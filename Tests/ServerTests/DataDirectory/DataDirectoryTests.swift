import Directory
import Foundation
import Testing

@testable import Server

@Suite struct `The data directory` {
    private let directory = DataDirectory(
        FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())/data").path(percentEncoded: false)
    )

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func removeAll() {
        try? FileManager.default.removeItem(at: URL(filePath: directory.path).deletingLastPathComponent())
    }

    @Test func `is absolute, and starts at the working directory when it was relative`() {
        #expect(DataDirectory("some/../other/").path == FileManager.default.currentDirectoryPath + "/other")
        #expect(DataDirectory("/").path == "/")
    }

    @Test func `is made for its owner alone`() throws {
        defer { removeAll() }
        try directory.create()
        try directory.create()
        #expect(try mode(directory.path) == 0o700)
    }

    @Test func `that cannot be made is an error that names the variable`() throws {
        let error = try #require(throws: DataDirectoryError.self) { try DataDirectory("/dev/null/data").create() }
        #expect(error.description.contains("HIWORKER_DATA_DIR"))
    }

    @Test func `is used by one server at a time`() throws {
        defer { removeAll() }
        try directory.create()
        let lock = try DataDirectoryLock(directory)
        let error = try #require(throws: DataDirectoryError.self) { try DataDirectoryLock(directory) }
        #expect(error.description.contains("(process \(getpid()))"))
        #expect(error.description.contains("--data-dir"))
        lock.release()
        try DataDirectoryLock(directory).release()
    }

    @Test func `is free when a lock file was left behind`() throws {
        defer { removeAll() }
        try directory.create()
        try directory.write("1", to: "lock")
        let lock = try DataDirectoryLock(directory)
        #expect(directory.text("lock") == "\(getpid())")
        lock.release()
    }

    @Test func `keeps the admin key for its owner alone`() throws {
        defer { removeAll() }
        let file = AdminKeyFile(in: directory)
        let secret = APIKeySecret.random(.admin)
        #expect(file.secret == nil)
        try file.write(secret)
        #expect(file.secret == secret)
        #expect(try mode(file.path) == 0o600)
        #expect(file.path == directory.path + "/admin.key")
    }

    @Test func `puts aside an admin key that a new one displaces`() throws {
        defer { removeAll() }
        let file = AdminKeyFile(in: directory)
        let (first, second) = (APIKeySecret.random(.admin), APIKeySecret.random(.admin))
        try file.write(first)
        try file.write(second)
        try file.write(second)
        #expect(file.secret == second)
        #expect(directory.text("admin.key.previous") == first.text)
    }

    @Test func `says the admin key itself to a terminal only`() {
        let file = AdminKeyFile(in: directory)
        let secret = APIKeySecret.random(.admin)
        #expect(file.announcement(of: secret, toTerminal: true).contains(secret.text))
        #expect(!file.announcement(of: secret, toTerminal: false).contains(secret.text))
        #expect(file.announcement(of: secret, toTerminal: false).contains(file.path))
    }
}
