import BSON
import NIOCore
import Wire

/// What a webhook's response means.
enum BotAnswer {
    /// `{text, …}`: the reply.
    case reply(JSON.Object)
    /// 202 or 204: the reply comes by `POST /v1/messages/{id}/reply`.
    case later
    case failure(BotFailure)

    init(_ response: WebhookResponse) {
        switch response.status {
        case 202, 204: self = .later
        case 200: self = Self.reply(in: response)
        default: self = .failure(.status)
        }
    }

    /// Any 200 with `text/*` is the reply's text; with JSON it is the reply.
    private static func reply(in response: WebhookResponse) -> BotAnswer {
        let type = response.contentType?.prefix { $0 != ";" }.trimmingSuffix(while: \.isWhitespace).lowercased() ?? ""
        let bytes = response.body.readableBytesView
        if type.hasPrefix("text/") {
            guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.notUTF8) }
            return text.allSatisfy(\.isWhitespace) ? .failure(.empty) : .reply(["text": .string(text)])
        }
        guard type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json") else {
            return .failure(.contentType)
        }
        guard let json = try? JSON(parsing: Array(bytes)), let reply = json.object else { return .failure(.notJSON) }
        guard let text = reply["text"]?.string else { return .failure(.noText) }
        guard !text.allSatisfy(\.isWhitespace) else { return .failure(.empty) }
        // A name with a NUL in it is JSON, but nothing that MongoDB can keep.
        guard reply.count == 1 || (try? BSONDocument(reply)) != nil else { return .failure(.notJSON) }
        return .reply(reply)
    }
}

/// What is wrong with a bot's answer; the raw value is `reason` on the wire.
enum BotFailure: String {
    /// The connection ended without a response.
    case closed
    /// What came is no HTTP response.
    case malformed
    /// The response is larger than 1 MiB.
    case tooLarge = "too_large"
    /// The response ended before it was whole.
    case truncated
    /// A status other than 200, 202 and 204.
    case status
    /// A 200 that is neither text nor JSON.
    case contentType = "content_type"
    case notJSON = "not_json"
    case notUTF8 = "not_utf8"
    /// JSON without a string `text`.
    case noText = "no_text"
    /// A reply of white space or nothing.
    case empty

    init(_ failure: WebhookResponseFailure) {
        self =
            switch failure {
            case .malformed, .headTooLarge: .malformed
            case .bodyTooLarge: .tooLarge
            case .truncated: .truncated
            }
    }
}

extension Substring {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, predicate(last) { rest = rest.dropLast() }
        return rest
    }
}
