public import BSON

extension Problem {
    /// The content type of a problem on the wire.
    public static let contentType = "application/problem+json"

    /// The object that a reader of this language gets (RFC 9457): `type`, `title`, `status`, `detail`, `code`, then
    /// ``members``, then `errors` when there are issues.
    public func body(in language: Language) -> JSON.Object {
        let row = code.row
        var body: JSON.Object = [:]
        body["type"] = .string("\(Self.documentationPath)#\(code.rawValue)")
        body["title"] = .string(row.title.text(in: language, arguments))
        body["status"] = .integer(Int64(row.status))
        body["detail"] = .string(detail(in: language))
        body["code"] = .string(code.rawValue)
        for (key, value) in members { body[key] = value }
        if !issues.isEmpty {
            body["errors"] = .array(issues.map { .object($0.body(in: language)) })
        }
        return body
    }

    /// The same as UTF-8 bytes.
    public func bytes(in language: Language) -> [UInt8] {
        JSON.object(body(in: language)).bytes
    }

    /// What happened and what to do next, in one or two sentences.
    public func detail(in language: Language) -> String {
        code.row.detail.text(in: language, arguments)
    }

    /// The page that explains every code; a problem's `type` is this path and the code as fragment.
    public static let documentationPath = "/docs/problems"
}

extension Problem.Issue {
    /// `{pointer|parameter|token, code, detail}`.
    func body(in language: Language) -> JSON.Object {
        var body: JSON.Object = [:]
        switch place {
        case .field(let pointer): body["pointer"] = .string(pointer)
        case .parameter(let name): body["parameter"] = .string(name)
        case .token(let key): body["token"] = key.map { .string($0) } ?? .null
        }
        body["code"] = .string(reason.code)
        body["detail"] = .string(detail(in: language))
        return body
    }

    /// What is wrong here, in one sentence.
    public func detail(in language: Language) -> String {
        reason.wording.text(in: language, arguments)
    }
}

extension Reason {
    var wording: Wording { Wording(korean: korean, english: english) }
}
