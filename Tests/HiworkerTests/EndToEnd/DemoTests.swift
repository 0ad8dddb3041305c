import Foundation
import Testing

@testable import Server

/// `hiworker demo` with its bot; needs the Python packages that ‘make test’ installs.
@Suite(
    .timeLimit(.minutes(3)),
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: ".venv/bin/python"),
        "the demo's bot runs on .venv, which ‘make test’ sets up"
    )
)
struct `The demo` {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        .path(percentEncoded: false)

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// What a demo printed, once it has printed all of it.
    private struct Banner {
        let text: String

        /// The lines to paste.
        var command: String {
            let lines = text.split(separator: "\n").drop { !$0.contains("curl ") }
            return lines.prefix(2).joined(separator: "\n")
        }

        var memberKey: String {
            text.firstMatch(of: /hwm_[0-9A-Za-z]{36}/).map { String($0.output) } ?? ""
        }
    }

    private func start(port: UInt16) async throws -> (demo: ChildProcess, banner: Banner) {
        let output = "\(folder)/\(UUID())"
        let demo = try Program(folder: folder)
            .start(
                ["demo", "--port", "\(port)", "--data-dir", "\(folder)/data"],
                output: output
            )
        while true {
            let text = String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
            if text.contains("Ctrl-C stops everything.") { return (demo, Banner(text: text)) }
            try #require(kill(demo.processID, 0) == 0, "the demo ended: \(text)")
            await Task.yield()
        }
    }

    /// Does in a shell what somebody does who pastes the command.
    private func paste(_ banner: Banner) async throws -> String {
        let output = "\(folder)/\(UUID())"
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let shell = try ChildProcess(
            "/bin/sh",
            arguments: ["-c", banner.command],
            environment: ["PATH": path],
            output: output
        )
        #expect(await shell.exit() == .code(0))
        return String(decoding: FileManager.default.contents(atPath: output) ?? Data(), as: UTF8.self)
    }

    @Test func `prints a command that books a room, and once more is refused, at every start`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let port = try #require(LoopbackPort.free())
        // Three rooms: the fourth start has to make one free.
        var rooms: [String] = []
        for start in 1...4 {
            let (demo, banner) = try await self.start(port: port)
            #expect(try await paste(banner).contains("예약이 완료되었습니다"), "start \(start)")
            #expect(try await paste(banner).contains("예약이 이미 있습니다"), "start \(start)")
            rooms.append(String(banner.command.split(separator: "24:00 ").last ?? ""))
            await demo.stop(patience: .seconds(40))
            #expect(await demo.exit() == .code(0))
        }
        #expect(Set(rooms).count == 3)
        #expect(rooms[3] == rooms[0])
    }

    @Test func `finds its company, bot and member again, with a new key for the member`() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let port = try #require(LoopbackPort.free())
        let (first, old) = try await start(port: port)
        await first.stop(patience: .seconds(40))
        let (second, new) = try await start(port: port)

        var admin = Program(folder: folder)
        admin.environment["HIWORKER_URL"] = "http://127.0.0.1:\(port)"
        admin.environment["HIWORKER_API_KEY_FILE"] = "\(folder)/data/admin.key"
        for kind in ["bot", "member"] {
            let list = try await admin.run(kind, "list", "--company", "example.com")
            #expect(list.output.split(separator: "\n").count == 2)
        }
        var member = admin
        member.environment["HIWORKER_API_KEY_FILE"] = nil
        member.environment["HIWORKER_API_KEY"] = old.memberKey
        #expect(try await member.run("send", "/예약 목록").exit == .code(77))
        member.environment["HIWORKER_API_KEY"] = new.memberKey
        #expect(try await member.run("send", "/예약 목록").exit == .code(0))
        await second.stop(patience: .seconds(40))
    }
}
