import CMongoC
import Logging
import Testing

@testable import Mongo

@Suite struct ConnectionStringTests {
    @Test(
        "an address that cannot be read is an error with a sentence",
        arguments: [
            "", "localhost", "http://localhost", "mongodb://", "mongodb://localhost:x", "mongodb://localhost:99999",
            "mongodb://localhost/?replicaSet", "mongodb://a:b@c@localhost", "mongodb://localhost\u{0}.example.com",
            "mongodb://localhost/?tls=true&tlsInsecure=true&tlsAllowInvalidHostnames=true",
        ]
    )
    func unreadable(address: String) {
        let error = #expect(throws: MongoError.self) {
            _ = try MongoPool(uri: address, logger: .silent)
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("mongodb://user:password@host:27017") == true)
    }

    @Test(
        "neither the error nor the log quotes a password",
        arguments: [
            "mongodb://user:se/cret@localhost", "mongodb://user:se@cret@localhost", "mongodb://user:se:cret@localhost",
            "mongodb://user:%zzsecret@localhost", "mongodb://secret@@localhost", "mongodb://user:pass@secret:x",
            "mongodb://localhost/?tlsCertificateKeyFilePassword=secret&tlsCertificateKeyFilePassword",
        ]
    )
    func passwords(address: String) {
        let log = CapturedLog()
        let error = #expect(throws: MongoError.self) {
            _ = try MongoPool(uri: address, logger: log.logger)
        }
        #expect(error?.message.contains("cret") == false)
        #expect(!log.lines.contains { $0.contains("cret") })
    }

    @Test func `our limits replace those in the address`() throws {
        let address = try ConnectionString(
            "mongodb://localhost/?serverSelectionTimeoutMS=60000&socketTimeoutMS=60000&connectTimeoutMS=60000",
            MongoPool.Configuration()
        )
        #expect(address.milliseconds("serverselectiontimeoutms") == 3000)
        #expect(address.milliseconds("sockettimeoutms") == 4000)
        #expect(address.milliseconds("connecttimeoutms") == 3000)
    }

    @Test(
        "a configuration that cannot work is refused",
        arguments: [
            { $0.size = 0 }, { $0.maximumQueuedJobs = 0 }, { $0.maximumChangeStreams = -1 },
            { $0.socketTimeout = .milliseconds(500) }, { $0.changeStreamWait = .zero }, { $0.callTimeout = .zero },
        ] as [@Sendable (inout MongoPool.Configuration) -> Void]
    )
    func configuration(change: @Sendable (inout MongoPool.Configuration) -> Void) {
        var configuration = MongoPool.Configuration()
        change(&configuration)
        #expect(throws: MongoError.self) {
            _ = try MongoPool(uri: "mongodb://localhost", configuration: configuration, logger: .silent)
        }
    }
}

extension ConnectionString {
    fileprivate borrowing func milliseconds(_ option: String) -> Int32 {
        mongoc_uri_get_option_as_int32(pointer, option, -1)
    }
}
