import BSON
import CMongoC
import Testing

@testable import Mongo

@Suite struct MongoErrorTests {
    @Test(
        "an error of the server keeps its number and has the code that belongs to it",
        arguments: [
            (11000, .duplicateKey), (286, .changeStreamHistoryLost), (280, .changeStreamHistoryLost),
            (260, .changeStreamHistoryLost), (136, .changeStreamHistoryLost), (40573, .notAReplicaSet),
            (13, .unauthorized), (18, .unauthorized), (50, .timedOut), (64, .timedOut), (10107, .unavailable),
            (91, .unavailable), (11600, .unavailable), (43, .unavailable), (9, .server), (73, .server),
        ] as [(Int, MongoError.Code)]
    )
    func serverCodes(serverCode: Int, code: MongoError.Code) {
        let error = MongoError(.make(MONGOC_ERROR_SERVER, serverCode), reply: [:])
        #expect(error.serverCode == serverCode)
        #expect(error.code == code)
    }

    @Test(
        "an error of libmongoc has no server code",
        arguments: [
            (MONGOC_ERROR_STREAM, MONGOC_ERROR_STREAM_SOCKET, .unavailable),
            (MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_SERVER_SELECTION_FAILURE, .unavailable),
            (MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_AUTHENTICATE, .unauthorized),
            (MONGOC_ERROR_CLIENT, MONGOC_ERROR_CLIENT_NOT_READY, .invalidArgument),
            (MONGOC_ERROR_BSON, MONGOC_ERROR_BSON_INVALID, .invalidArgument),
            (MONGOC_ERROR_PROTOCOL, MONGOC_ERROR_PROTOCOL_INVALID_REPLY, .invalidReply),
        ] as [(mongoc_error_domain_t, mongoc_error_code_t, MongoError.Code)]
    )
    func clientCodes(domain: mongoc_error_domain_t, libraryCode: mongoc_error_code_t, code: MongoError.Code) {
        let error = MongoError(.make(domain, Int(libraryCode.rawValue)), reply: [:])
        #expect(error.serverCode == nil)
        #expect(error.code == code)
    }

    @Test func `a reply gives labels, failed writes and the key of a duplicate`() {
        let error = MongoError(
            .make(MONGOC_ERROR_SERVER, 11000),
            reply: [
                "errorLabels": ["RetryableWriteError"],
                "writeErrors": [
                    ["index": .int32(3), "code": .int32(11000), "errmsg": "dup", "keyPattern": ["a": .int32(1)]],
                    ["index": .int32(5), "code": .int32(121), "errmsg": "invalid"],
                ],
            ]
        )
        #expect(error.labels == ["RetryableWriteError"])
        #expect(error.keyPattern == ["a": .int32(1)])
        #expect(error.failedWrites.map(\.index) == [3, 5])
        #expect(error.failedWrites.map(\.code) == [.duplicateKey, .server])
        #expect(error.failedWrites.map(\.serverCode) == [11000, 121])
    }

    @Test func `a reply of nonsense does not hide the error`() {
        let reply: BSONDocument = ["errorLabels": "x", "writeErrors": [1, ["index": "no"]], "keyPattern": 1]
        let error = MongoError(.make(MONGOC_ERROR_SERVER, 11000), reply: reply)
        #expect(error.code == .duplicateKey)
        #expect(error.labels.isEmpty)
        #expect(error.failedWrites.isEmpty)
        #expect(error.keyPattern == nil)
    }

    @Test func `the words of libmongoc are in the message`() {
        let error = MongoError(.make(MONGOC_ERROR_STREAM, 4, "no route to host"), reply: [:])
        #expect(error.message.contains("no route to host"))
        #expect(error.message.contains("check that it runs"))
    }
}

extension bson_error_t {
    fileprivate static func make(_ domain: mongoc_error_domain_t, _ code: Int, _ text: String = "text") -> Self {
        var error = bson_error_t()
        error.domain = domain.rawValue
        error.code = UInt32(code)
        withUnsafeMutableBytes(of: &error.message) { $0.copyBytes(from: text.utf8) }
        return error
    }
}
