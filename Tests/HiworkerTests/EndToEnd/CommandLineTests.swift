import BSON
import Foundation
import Testing

@testable import Server

/// The commands on a server with a private mongod.
@Suite(.timeLimit(.minutes(3))) struct `The program` {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        .path(percentEncoded: false)

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    private var data: String { "\(folder)/data" }
    private var log: String { "\(folder)/serve.log" }

    private func removeAll() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A server in a process of its own, ready, and the commands pointed at it.
    private func serve() async throws -> (server: ChildProcess, program: Program) {
        let port = try #require(LoopbackPort.free())
        var program = Program(folder: folder)
        let server = try program.start(["serve", "--port", "\(port)", "--data-dir", data], output: log)
        program.environment["HIWORKER_URL"] = "http://127.0.0.1:\(port)"
        program.environment["HIWORKER_PORT"] = "\(port)"
        program.environment["HIWORKER_API_KEY_FILE"] = "\(data)/admin.key"
        while try await program.run("health").exit != .code(0) {
            try #require(kill(server.processID, 0) == 0, "the server ended: \(read(log))")
        }
        while !FileManager.default.fileExists(atPath: "\(data)/admin.key") { await Task.yield() }
        return (server, program)
    }

    private func read(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    @Test func `registers, lists, changes and deletes, for people and for scripts`() async throws {
        defer { removeAll() }
        let (server, program) = try await serve()

        let company = try await program.run("company", "create", "example.com", "--name", "예제")
        #expect(company.exit == .code(0))
        #expect(company.output.contains("domain      example.com\n"))
        let twice = try await program.run("company", "create", "example.com", "--name", "예제")
        #expect(twice.exit == .code(1))
        #expect(twice.output.contains("(company_exists)"))
        #expect(try await program.run("company", "list").output.contains("example.com  예제  Asia/Seoul"))

        let bot = try await program.run("bot", "create", "--company", "example.com", "--name", "봇", "--json")
        let created = try JSON(parsing: bot.output)
        let id = try #require(created["bot"]?["id"]?.string)
        let keyID = try #require(created["key"]?["id"]?.string)
        let renamed = try await program.run("bot", "update", id, "--name", "새 봇")
        #expect(renamed.output.contains("새 봇"))
        #expect(try await program.run("bot", "list", "--company", "example.com").output.contains(id))
        let unnamed = try await program.run("bot", "list")
        #expect(unnamed.exit == .code(64))
        #expect(unnamed.output.contains("--company"))

        #expect(try await program.run("key", "list", "--bot", id).output.contains(keyID))
        #expect(try await program.run("key", "revoke", keyID).exit == .code(0))
        #expect(try await !program.run("key", "list", "--bot", id).output.contains(keyID))
        #expect(try await program.run("bot", "delete", id).exit == .code(0))
        let gone = try await program.run("bot", "show", id, "--json")
        #expect(gone.exit == .code(1))
        #expect(try JSON(parsing: gone.output)["code"] == "not_found")

        let refused = try await program.run("company", "create", "no domain", "--name", "x")
        #expect(refused.exit == .code(1))
        #expect(refused.output.contains("(invalid_fields)\n  /domain: "))

        await server.stop(patience: .seconds(30))
        #expect(await server.exit() == .code(0))
    }

    @Test func `sends messages, with an exit status for how it went`() async throws {
        defer { removeAll() }
        let (server, admin) = try await serve()
        _ = try await admin.run("company", "create", "example.com", "--name", "예제")
        let member = try await admin.run("member", "create", "--company", "example.com", "--name", "김하나", "--json")
        let key = try #require(JSON(parsing: member.output)["key"]?["secret"]?.string)

        var program = admin
        program.environment["HIWORKER_API_KEY_FILE"] = nil
        program.environment["HIWORKER_API_KEY"] = key
        #expect(try await program.run("send", "/help").exit == .code(0))
        let unknown = try await program.run("send", "/없는 명령")
        #expect(unknown.exit == .code(2))
        #expect(unknown.output.contains("(unknown_command)"))
        program.environment["LANG"] = "ko_KR.UTF-8"
        #expect(try await program.run("send", "/없는 명령").output != unknown.output)
        #expect(try await program.run("company", "list").exit == .code(77))
        program.environment["HIWORKER_API_KEY"] = "hwm_nonsense"
        #expect(try await program.run("send", "/help").exit == .code(77))

        await server.stop(patience: .seconds(30))
        let alone = try await admin.run("company", "list")
        #expect(alone.exit == .code(69))
        #expect(alone.output.contains("cannot be reached"))
        #expect(try await admin.run("health").exit == .code(1))
    }

    @Test func `makes an admin key beside a running server, and without one`() async throws {
        defer { removeAll() }
        let (server, program) = try await serve()
        let made = try await program.run("key", "admin", "--data-dir", data, "--json")
        #expect(made.exit == .code(0))
        let secret = try #require(JSON(parsing: made.output)["secret"]?.string)
        var other = program
        other.environment["HIWORKER_API_KEY_FILE"] = nil
        other.environment["HIWORKER_API_KEY"] = secret
        #expect(try await other.run("company", "list").exit == .code(0))
        await server.stop(patience: .seconds(30))

        let alone = try await program.run("key", "admin", "--data-dir", data)
        #expect(alone.exit == .code(0))
        #expect(alone.output.contains("hwa_"))
    }

    @Test func `takes its mongod along when it is killed, and comes up again after that`() async throws {
        defer { removeAll() }
        let (server, program) = try await serve()
        _ = try await program.run("company", "create", "example.com", "--name", "예제")
        let mongod = try #require(pid_t(read("\(data)/mongod.pid").trimmingCharacters(in: .whitespacesAndNewlines)))
        server.send(SIGKILL)
        _ = await server.exit()
        while kill(mongod, 0) == 0 { await Task.yield() }

        let (next, again) = try await serve()
        #expect(try await again.run("company", "show", "example.com").exit == .code(0))
        await next.stop(patience: .seconds(30))
    }

    @Test func `refuses to serve what it cannot`() async throws {
        defer { removeAll() }
        let (server, program) = try await serve()
        let second = try await program.run("serve", "--data-dir", data, "--port", "0")
        #expect(second.exit == .code(69))
        #expect(second.output.contains("(process \(server.processID))"))
        let taken = try await program.run("serve", "--data-dir", "\(folder)/other")
        #expect(taken.exit == .code(69))
        #expect(taken.output.contains("is taken: another program listens there"))
        let wrong = try await program.run("serve", "--history-days", "4000", "--log-level", "loud")
        #expect(wrong.exit == .code(78))
        #expect(wrong.output.contains("HIWORKER_HISTORY_DAYS (or --history-days) is ‘4000’"))
        #expect(wrong.output.contains("HIWORKER_LOG_LEVEL (or --log-level) is ‘loud’"))
        await server.stop(patience: .seconds(30))
    }
}
