import Foundation
import Testing

@testable import Server

/// The built program, run as people run it.
struct Program {
    /// Beside the tests, where the build puts both.
    private static var path: String {
        #if canImport(Darwin)
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath ?? ""
        #else
        let tests = ProcessInfo.processInfo.arguments[0]
        #endif
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "hiworker").path(percentEncoded: false)
    }

    let folder: String
    var environment: [String: String] = [:]

    struct Outcome {
        let exit: ChildProcess.Exit?
        /// Standard output and standard error.
        let output: String
    }

    func start(_ arguments: [String], output: String) throws -> ChildProcess {
        var inherited = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" || $0.key == "HIWORKER_MONGOD" }
        // A killed process leaves libmongoc's counters behind, and the next of its number warns of them.
        inherited["MONGOC_DISABLE_SHM"] = "1"
        return try ChildProcess(
            Self.path,
            arguments: arguments,
            environment: inherited.merging(environment) { $1 },
            output: output
        )
    }

    /// Runs a command to its end.
    func run(_ arguments: String...) async throws -> Outcome {
        let output = "\(folder)/\(UUID())"
        let process = try start(arguments, output: output)
        let exit = await process.exit()
        let data = FileManager.default.contents(atPath: output) ?? Data()
        return Outcome(exit: exit, output: String(decoding: data, as: UTF8.self))
    }
}
