public import BSON

extension Problem {
    /// The problem without a language, to be kept with a message: `{code, arguments?, issues?, members?,
    /// retry_after_seconds?}`.
    public var stored: JSON.Object {
        var stored: JSON.Object = ["code": .string(code.rawValue)]
        if !arguments.isEmpty { stored["arguments"] = .object(Self.stored(arguments)) }
        if !issues.isEmpty { stored["issues"] = .array(issues.map { .object($0.stored) }) }
        if !members.isEmpty { stored["members"] = .object(members) }
        if let retryAfterSeconds { stored["retry_after_seconds"] = .integer(Int64(retryAfterSeconds)) }
        return stored
    }

    /// A problem that was stored. Nil when its code is not in this version's catalogue; an issue whose reason is not is
    /// left out.
    public init?(stored: JSON.Object) {
        guard let code = stored["code"]?.string.flatMap(Code.init(rawValue:)) else { return nil }
        self.init(
            code,
            Self.arguments(stored["arguments"]),
            issues: (stored["issues"]?.array ?? []).compactMap { $0.object.flatMap(Issue.init(stored:)) },
            members: stored["members"]?.object ?? [:],
            retryAfterSeconds: stored["retry_after_seconds"]?.integer.flatMap { Int(exactly: $0) }
        )
    }

    fileprivate static func stored(_ arguments: [String: String]) -> JSON.Object {
        var object: JSON.Object = [:]
        for (name, value) in arguments.sorted(by: { $0.key < $1.key }) { object[name] = .string(value) }
        return object
    }

    fileprivate static func arguments(_ stored: JSON?) -> [String: String] {
        var arguments: [String: String] = [:]
        for (name, value) in stored?.object ?? [:] { arguments[name] = value.string }
        return arguments
    }
}

extension Problem.Issue {
    /// `{pointer|parameter|token, reason, arguments?}`.
    fileprivate var stored: JSON.Object {
        var stored: JSON.Object = [:]
        switch place {
        case .field(let pointer): stored["pointer"] = .string(pointer)
        case .parameter(let name): stored["parameter"] = .string(name)
        case .token(let key): stored["token"] = key.map { .string($0) } ?? .null
        }
        stored["reason"] = .string(reason.code)
        if !arguments.isEmpty { stored["arguments"] = .object(Problem.stored(arguments)) }
        return stored
    }

    fileprivate init?(stored: JSON.Object) {
        guard let reason = stored["reason"]?.string.flatMap(Reason.init(code:)) else { return nil }
        let place: Place
        if let pointer = stored["pointer"]?.string {
            place = .field(pointer: pointer)
        } else if let name = stored["parameter"]?.string {
            place = .parameter(name)
        } else {
            place = .token(key: stored["token"]?.string)
        }
        self.init(place, reason, Problem.arguments(stored["arguments"]))
    }
}
