import BSON
import CMongoC

/// The one place where errors of libmongoc become ours.
extension MongoError {
    /// `reply` is what the server sent with the error, if anything came; libmongoc gives out an empty one otherwise.
    init(_ error: bson_error_t, reply: BSONDocument) {
        let details = ErrorReply(reply)
        let domain = mongoc_error_domain_t(rawValue: error.domain)
        let isFromServer = domain == MONGOC_ERROR_SERVER || domain == MONGOC_ERROR_WRITE_CONCERN
        let code = isFromServer ? Code(serverCode: Int(error.code)) : Code(domain, code: error.code)
        self.init(
            code,
            Self.sentence(code, error.text),
            serverCode: isFromServer ? Int(error.code) : nil,
            labels: details.labels,
            keyPattern: details.keyPattern,
            failedWrites: details.failedWrites
        )
    }

    private static func sentence(_ code: Code, _ text: String) -> String {
        switch code {
        case .unavailable:
            "MongoDB cannot be reached; check that it runs and that its address is right. Details: \(text)"
        case .unauthorized:
            "MongoDB refused the user or does not grant the right; check the user name, password and roles in its "
                + "address. Details: \(text)"
        case .notAReplicaSet:
            "MongoDB runs as a standalone server, which has no change streams; run it as a replica set, for which one "
                + "node is enough. Details: \(text)"
        case .changeStreamHistoryLost:
            "MongoDB no longer has the changes since the change stream broke off; read everything anew. "
                + "Details: \(text)"
        case .timedOut:
            "MongoDB gave up because a time limit ran out. Details: \(text)"
        case .invalidArgument:
            "The call was not sent to MongoDB. Details: \(text)"
        default:
            "MongoDB refused the call. Details: \(text)"
        }
    }
}

extension MongoError.Code {
    /// The kind of an error that libmongoc made by itself.
    fileprivate init(_ domain: mongoc_error_domain_t, code: UInt32) {
        self =
            switch domain {
            case MONGOC_ERROR_STREAM, MONGOC_ERROR_SERVER_SELECTION, MONGOC_ERROR_POOL: .unavailable
            case MONGOC_ERROR_SASL, MONGOC_ERROR_SCRAM: .unauthorized
            case MONGOC_ERROR_CLIENT where code == MONGOC_ERROR_CLIENT_AUTHENTICATE.rawValue: .unauthorized
            case MONGOC_ERROR_CLIENT where code == MONGOC_ERROR_CLIENT_NO_ACCEPTABLE_PEER.rawValue: .unavailable
            case MONGOC_ERROR_PROTOCOL where code == MONGOC_ERROR_PROTOCOL_INVALID_REPLY.rawValue: .invalidReply
            default: .invalidArgument
            }
    }
}

extension bson_error_t {
    /// libmongoc's words.
    var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// What a reply says of an error, read leniently: an error must not be lost over an error in its description.
private struct ErrorReply {
    let labels: Set<String>
    let failedWrites: [MongoError.FailedWrite]
    let keyPattern: BSONDocument?

    init(_ reply: BSONDocument) {
        labels = Set(reply["errorLabels"]?.array?.compactMap(\.string) ?? [])
        failedWrites = (reply["writeErrors"]?.array ?? []).compactMap { $0.document.flatMap(Self.failedWrite) }
        keyPattern = reply["keyPattern"]?.document ?? failedWrites.first?.keyPattern
    }

    private static func failedWrite(_ error: BSONDocument) -> MongoError.FailedWrite? {
        guard let index = error["index"]?.int64, let code = error["code"]?.int64 else { return nil }
        return MongoError.FailedWrite(
            index: Int(index),
            code: MongoError.Code(serverCode: Int(code)),
            serverCode: Int(code),
            message: error["errmsg"]?.string ?? "",
            keyPattern: error["keyPattern"]?.document
        )
    }
}
