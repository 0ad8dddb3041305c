import API
import Configuration
import Directory
import Foundation
import Logging
import Relay
import Testing

@testable import Server

@Suite struct `Reading the configuration` {
    private static let adminKey = APIKeySecret.random(.admin)

    private static func read(
        _ environment: [String: String] = [:],
        flags: [String: String] = [:]
    ) throws -> ServerConfiguration {
        try ServerConfiguration(reading: .settings(flags: flags, environment: environment))
    }

    @Test func `nothing set is the defaults of the table`() throws {
        let configuration = try Self.read()
        #expect(configuration == ServerConfiguration())
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.role == .all)
        #expect(configuration.mongodbURI == nil)
        #expect(configuration.mongodbDatabase == "hiworker")
        #expect(configuration.dataDirectory == ".hiworker")
        #expect(configuration.historyDays == 90)
        #expect(configuration.messagesPerSecond == 50)
        #expect(configuration.drain == .seconds(10))
        #expect(configuration.logLevel == .info)
        #expect(configuration.logFormat == .text)
    }

    @Test func `every variable is read`() throws {
        let configuration = try Self.read([
            "HIWORKER_HOST": "::",
            "HIWORKER_PORT": "443",
            "HIWORKER_ROLE": "keys",
            "HIWORKER_MONGODB_URI": "mongodb://a,b,c/?replicaSet=rs0",
            "HIWORKER_MONGODB_DATABASE": "other",
            "HIWORKER_DATA_DIR": "/var/lib/hiworker",
            "HIWORKER_MONGOD": "/usr/bin/mongod",
            "HIWORKER_ADMIN_KEY": Self.adminKey.text,
            "HIWORKER_TLS_CERTIFICATE": "cert.pem",
            "HIWORKER_TLS_KEY": "key.pem",
            "HIWORKER_WEBHOOK_ALLOW": "10.0.0.0/8, fd00::/8 192.168.1.5",
            "HIWORKER_HISTORY_DAYS": "0",
            "HIWORKER_MESSAGES_PER_SECOND": "100000",
            "HIWORKER_DRAIN_SECONDS": "3600",
            "HIWORKER_LOG_LEVEL": "debug",
            "HIWORKER_LOG_FORMAT": "json",
        ])
        var expected = ServerConfiguration()
        expected.host = "::"
        expected.port = 443
        expected.role = .keys
        expected.mongodbURI = "mongodb://a,b,c/?replicaSet=rs0"
        expected.mongodbDatabase = "other"
        expected.dataDirectory = "/var/lib/hiworker"
        expected.mongodExecutable = "/usr/bin/mongod"
        expected.adminKey = Self.adminKey
        expected.tls = .init(certificate: "cert.pem", key: "key.pem")
        expected.webhookAllow = try ["10.0.0.0/8", "fd00::/8", "192.168.1.5/32"].map { try CIDR(parsing: $0) }
        expected.historyDays = 0
        expected.messagesPerSecond = 100_000
        expected.drain = .seconds(3600)
        expected.logLevel = .debug
        expected.logFormat = .json
        #expect(configuration == expected)
    }

    @Test func `every setting has a flag that wins over its variable`() throws {
        let configuration = try Self.read(
            ["HIWORKER_PORT": "1000", "HIWORKER_MONGODB_URI": "mongodb://environment"],
            flags: ["port": "2000", "mongodb-uri": "mongodb://flag"]
        )
        #expect(configuration.port == 2000)
        #expect(configuration.mongodbURI == "mongodb://flag")
    }

    @Test(arguments: Setting.all)
    func `an empty variable counts as unset`(_ setting: Setting) throws {
        #expect(try Self.read([setting.variable: ""]) == ServerConfiguration())
        #expect(try Self.read([setting.variable: "  \n"]) == ServerConfiguration())
    }

    @Test func `an empty flag leaves the word to the variable`() throws {
        #expect(try Self.read(["HIWORKER_PORT": "1000"], flags: ["port": ""]).port == 1000)
    }

    @Test(arguments: [
        ("HIWORKER_HOST", "10.0.0"), ("HIWORKER_HOST", "host name"), ("HIWORKER_HOST", "[::1"),
        ("HIWORKER_HOST", "http://127.0.0.1"), ("HIWORKER_HOST", "256.1.1.1"), ("HIWORKER_HOST", "[127.0.0.1]"),
        ("HIWORKER_PORT", "65536"), ("HIWORKER_PORT", "-1"), ("HIWORKER_PORT", "http"), ("HIWORKER_PORT", "80.0"),
        ("HIWORKER_PORT", "99999999999999999999"),
        ("HIWORKER_ROLE", "relais"), ("HIWORKER_ROLE", "ALL"),
        ("HIWORKER_MONGODB_DATABASE", "a b"), ("HIWORKER_MONGODB_DATABASE", "a.b"),
        ("HIWORKER_MONGODB_DATABASE", "admin"),
        ("HIWORKER_MONGODB_DATABASE", String(repeating: "d", count: 64)),
        ("HIWORKER_WEBHOOK_ALLOW", "10.0.0.0/33"), ("HIWORKER_WEBHOOK_ALLOW", "everything"),
        ("HIWORKER_HISTORY_DAYS", "3651"), ("HIWORKER_HISTORY_DAYS", "-1"), ("HIWORKER_HISTORY_DAYS", "1.5"),
        ("HIWORKER_MESSAGES_PER_SECOND", "100001"), ("HIWORKER_MESSAGES_PER_SECOND", "fast"),
        ("HIWORKER_DRAIN_SECONDS", "3601"), ("HIWORKER_DRAIN_SECONDS", "10s"),
        ("HIWORKER_LOG_LEVEL", "loud"), ("HIWORKER_LOG_FORMAT", "xml"),
    ])
    func `a malformed value is told with its variable, itself and what is accepted`(
        _ variable: String,
        _ value: String
    ) throws {
        let setting = try #require(Setting.all.first { $0.variable == variable })
        let error = try #require(throws: ConfigurationError.self) { try Self.read([variable: value]) }
        let problem = try #require(error.problems.first)
        #expect(error.problems.count == 1)
        #expect(problem.hasPrefix("\(variable) (or --\(setting.flag)) is ‘\(value)’"))
        #expect(problem.hasSuffix("must be \(setting.accepts)."))
    }

    @Test(arguments: [
        ("HIWORKER_ADMIN_KEY", APIKeySecret.random(.bot).text),
        ("HIWORKER_ADMIN_KEY", "hwa_" + String(repeating: "a", count: 36)),
        ("HIWORKER_ADMIN_KEY", "hwa_tooshort"),
        ("HIWORKER_MONGODB_URI", "postgres://user:password@host"),
    ])
    func `a secret never stands in an error`(_ variable: String, _ value: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.read([variable: value]) }
        #expect(error.description.hasPrefix(variable))
        #expect(!error.description.contains(value))
    }

    @Test func `everything that is wrong is told at once`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Self.read(["HIWORKER_PORT": "x", "HIWORKER_ROLE": "y", "HIWORKER_LOG_LEVEL": "z"])
        }
        #expect(error.problems.count == 3)
    }

    @Test(arguments: [
        ("HIWORKER_TLS_CERTIFICATE", "HIWORKER_TLS_KEY is not"),
        ("HIWORKER_TLS_KEY", "HIWORKER_TLS_CERTIFICATE is not"),
    ])
    func `one TLS file without the other is an error`(_ variable: String, _ complaint: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try Self.read([variable: "file.pem"]) }
        #expect(error.description.contains(complaint))
    }

    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1"), ("::1", "::1"), ("[::1]", "::1"), ("localhost", "localhost"),
        ("chat.example.com", "chat.example.com"), (" 0.0.0.0\n", "0.0.0.0"),
    ])
    func `an address to listen on may be an IP address or a name`(_ text: String, _ host: String) throws {
        #expect(try Self.read(["HIWORKER_HOST": text]).host == host)
    }
}
