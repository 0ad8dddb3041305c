import Configuration
import Foundation
import Testing

@testable import Server

@Suite struct `Secrets from files` {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ content: String) throws -> String {
        let url = folder.appending(path: "secret")
        try Data(content.utf8).write(to: url)
        return url.path(percentEncoded: false)
    }

    private func read(
        _ environment: [String: String] = [:],
        flags: [String: String] = [:]
    ) throws -> ServerConfiguration {
        try ServerConfiguration(reading: .settings(flags: flags, environment: environment))
    }

    @Test func `a file's content is the secret, without the white space around it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file("  mongodb://file \n\n")
        #expect(try read(["HIWORKER_MONGODB_URI_FILE": path]).mongodbURI == "mongodb://file")
        #expect(try read(flags: ["mongodb-uri-file": path]).mongodbURI == "mongodb://file")
    }

    @Test func `every secret has a file form, and nothing else has`() throws {
        #expect(Set(Setting.all.filter(\.isSecret)) == [.mongodbURI, .adminKey])
    }

    @Test func `a flag wins over a file that the environment names`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file("mongodb://file")
        let configuration = try read(
            ["HIWORKER_MONGODB_URI_FILE": path],
            flags: ["mongodb-uri": "mongodb://flag"]
        )
        #expect(configuration.mongodbURI == "mongodb://flag")
    }

    @Test func `a secret and its file at once are an error`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = try file("mongodb://file")
        let error = try #require(throws: ConfigurationError.self) {
            try read(["HIWORKER_MONGODB_URI_FILE": path, "HIWORKER_MONGODB_URI": "mongodb://variable"])
        }
        #expect(
            error.description == "HIWORKER_MONGODB_URI and HIWORKER_MONGODB_URI_FILE are both set; set one of them."
        )
    }

    @Test func `a file that is missing, empty, too long or no text is an error that names it`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = folder.appending(path: "missing").path(percentEncoded: false)
        for (path, clause) in [
            (missing, "cannot be opened"),
            (folder.path(percentEncoded: false), "cannot be"),
            (try file(" \n"), "is empty"),
        ] {
            let error = try #require(throws: ConfigurationError.self) { try read(["HIWORKER_ADMIN_KEY_FILE": path]) }
            #expect(error.description.hasPrefix("HIWORKER_ADMIN_KEY_FILE is ‘\(path)’"))
            #expect(error.description.contains(clause))
        }
        let long = try file(String(repeating: "x", count: 100_000))
        #expect(throws: ConfigurationError.self) { try read(["HIWORKER_ADMIN_KEY_FILE": long]) }
        let binary = folder.appending(path: "binary")
        try Data([0xff, 0xfe, 0x80]).write(to: binary)
        #expect(throws: ConfigurationError.self) {
            try read(["HIWORKER_ADMIN_KEY_FILE": binary.path(percentEncoded: false)])
        }
    }
}
