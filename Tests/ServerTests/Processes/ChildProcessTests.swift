import Foundation
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct `Child processes` {
    private let output = FileManager.default.temporaryDirectory
        .appending(path: "hiworker-\(UUID())").path(percentEncoded: false)

    private func shell(_ script: String, environment: [String: String] = [:]) throws -> ChildProcess {
        try ChildProcess("/bin/sh", arguments: ["-c", script], environment: environment, output: output)
    }

    private var printed: String {
        String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
    }

    @Test func `write to their file and end with their code`() async throws {
        defer { unlink(output) }
        let child = try shell("echo out; echo err >&2; exit 7")
        #expect(await child.exit() == .code(7))
        #expect(await child.exit() == .code(7))
        #expect(printed == "out\nerr\n")
    }

    @Test func `see the environment that they are given and no other`() async throws {
        defer { unlink(output) }
        let child = try shell("echo \"$GIVEN,$HOME\"", environment: ["GIVEN": "yes"])
        #expect(await child.exit() == .code(0))
        #expect(printed == "yes,\n")
    }

    @Test func `lead a process group of their own`() async throws {
        defer { unlink(output) }
        let child = try shell("exec sleep 60")
        #expect(getpgid(child.processID) == child.processID)
        await child.stop(patience: .seconds(10))
        #expect(await child.exit() == .signal(SIGTERM))
    }

    @Test func `that ignore the request to end are ended by force`() async throws {
        defer { unlink(output) }
        let child = try shell("trap '' TERM; echo ready; while :; do sleep 1; done")
        while printed != "ready\n" { await Task.yield() }
        await child.stop(patience: .milliseconds(50))
        #expect(await child.exit() == .signal(SIGKILL))
    }

    @Test func `inherit no open file`() async throws {
        defer { unlink(output) }
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let child = try shell("for n in \(ends[0]) \(ends[1]); do (: >&$n) 2>/dev/null && echo open; done; echo done")
        #expect(await child.exit() == .code(0))
        #expect(printed == "done\n")
    }

    @Test func `are no longer waited for by a cancelled task`() async throws {
        defer { unlink(output) }
        let child = try shell("exec sleep 60")
        let waiting = Task { await child.exit() }
        waiting.cancel()
        #expect(await waiting.value == nil)
        await child.stop(patience: .seconds(10))
    }

    @Test func `that cannot be started are an error with the reason`() throws {
        let error = try #require(throws: SpawnError.self) {
            try ChildProcess("/nonexistent/program", arguments: [], environment: [:], output: output)
        }
        #expect(error.description == "/nonexistent/program could not be started: No such file or directory.")
    }
}
