import ArgumentParser
import Foundation
import Testing

@testable import hiworker

@Suite struct `Reaching a server` {
    private func settings(_ arguments: [String] = [], _ environment: [String: String] = [:]) throws -> ClientSettings {
        try ClientSettings(ClientOptions.parse(arguments), environment: environment)
    }

    @Test func `takes flags over variables over the default`() throws {
        let key = ["HIWORKER_API_KEY": "hwa_variable"]
        #expect(try settings([], key).url == "http://127.0.0.1:8080")
        let variables = key.merging(["HIWORKER_URL": "https://chat.example.com/", "HIWORKER_CA_FILE": "ca.pem"]) { $1 }
        #expect(try settings([], variables).url == "https://chat.example.com")
        #expect(try settings([], variables).caFile == "ca.pem")
        #expect(try settings([], variables).apiKey == "hwa_variable")
        let flags = ["--url", "http://localhost:1", "--api-key", "hwa_flag", "--ca-file", "other.pem"]
        #expect(try settings(flags, variables).url == "http://localhost:1")
        #expect(try settings(flags, variables).apiKey == "hwa_flag")
        #expect(try settings(flags, variables).caFile == "other.pem")
    }

    @Test func `counts an empty variable as unset`() throws {
        let settings = try settings([], ["HIWORKER_URL": "", "HIWORKER_API_KEY": "k", "HIWORKER_API_KEY_FILE": ""])
        #expect(settings.url == ClientSettings.defaultURL)
    }

    @Test func `needs an API key and says where to find one`() throws {
        let error = try #require(throws: CommandFailure.self) { try settings() }
        #expect(error.status == .keyRefused)
        #expect(error.message.contains("HIWORKER_API_KEY"))
        #expect(error.message.contains("admin.key"))
    }

    @Test func `reads the API key from a file`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("hwa_file\n".utf8).write(to: file)
        let path = file.path(percentEncoded: false)
        #expect(try settings([], ["HIWORKER_API_KEY_FILE": path]).apiKey == "hwa_file")
        #expect(try settings(["--api-key-file", path], ["HIWORKER_API_KEY": "hwa_variable"]).apiKey == "hwa_file")
        #expect(throws: CommandFailure.self) {
            try settings([], ["HIWORKER_API_KEY_FILE": path, "HIWORKER_API_KEY": "hwa_variable"])
        }
        #expect(throws: CommandFailure.self) { try settings(["--api-key-file", "/nonexistent"]) }
    }

    @Test(arguments: [
        "chat.example.com", "ftp://chat.example.com", "https://", "http://u:p@host", "http://host/?q", "host:80",
    ])
    func `refuses what is no address of a server`(_ url: String) throws {
        let error = try #require(throws: CommandFailure.self) {
            try settings(["--url", url], ["HIWORKER_API_KEY": "k"])
        }
        #expect(error.status == .wrongConfiguration)
        #expect(error.message.contains("‘\(url)’"))
    }

    @Test(arguments: [
        (["LANG": "ko_KR.UTF-8"], "ko"), (["LANG": "en_US.UTF-8"], "en"), ([:], "en"), (["LANG": "C"], "en"),
        (["LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"], "en"), (["LC_MESSAGES": "ko", "LANG": "de_DE"], "ko"),
        (["LC_ALL": "", "LANG": "ko_KR"], "ko"),
    ])
    func `asks for the language of the terminal`(_ environment: [String: String], _ language: String) {
        #expect(ClientSettings.language(environment) == language)
    }

    @Test(arguments: [("bot_1", "bot_1"), ("a b/ㄱ?#", "a%20b%2F%E3%84%B1%3F%23"), ("..", "..")])
    func `escapes what goes into a path`(_ text: String, _ escaped: String) {
        #expect(APIClient.escaped(text) == escaped)
    }
}
