public import Directory

extension APIRequestContext {
    /// The administrator who calls. Throws `key_wrong_kind` for another's key.
    public func requireAdmin() throws(Problem) -> Administrator {
        switch try requireCaller() {
        case .admin(let company, let key): Administrator(company: company, key: key)
        case let caller: throw .wrongKind(needed: "admin", caller)
        }
    }

    /// The administrator of the platform. Throws `key_wrong_kind` for one company's administrator too.
    public func requirePlatformAdmin() throws(Problem) -> Administrator {
        switch try requireCaller() {
        case .admin(nil, let key): Administrator(company: nil, key: key)
        case let caller: throw .wrongKind(needed: "platform", caller)
        }
    }

    /// The bot that calls. Throws `key_wrong_kind` for another's key.
    public func requireBot() throws(Problem) -> (bot: SnapshotBot, key: APIKey) {
        switch try requireCaller() {
        case .bot(let bot, let key): (bot, key)
        case let caller: throw .wrongKind(needed: "bot", caller)
        }
    }

    /// The member who calls. Throws `key_wrong_kind` for another's key.
    public func requireMember() throws(Problem) -> (member: SnapshotMember, key: APIKey) {
        switch try requireCaller() {
        case .member(let member, let key): (member, key)
        case let caller: throw .wrongKind(needed: "member", caller)
        }
    }

    /// Whoever calls. Throws `key_missing` on a route without ``Authentication``.
    public func requireCaller() throws(Problem) -> Caller {
        guard let caller else { throw Problem(.keyMissing) }
        return caller
    }
}

/// Who administers: the whole platform, or one company.
public struct Administrator: Sendable {
    /// Nil for the platform.
    public let company: String?
    public let key: APIKey

    /// Whether things of this company are theirs to see and change. What is not looks as if it were not there.
    public func administers(_ company: String?) -> Bool {
        self.company == nil || self.company == company
    }
}

extension Problem {
    /// The problem of a valid key that may not make a call.
    ///
    /// - Parameter needed: `platform`, `admin`, `bot` or `member`.
    public static func wrongKind(needed: String, _ caller: Caller) -> Problem {
        let presented =
            switch caller {
            case .admin(nil, _): "platform"
            case .admin: "company"
            case .bot: "bot"
            case .member: "member"
            }
        return Problem(.keyWrongKind, ["needed": needed, "presented": presented])
    }
}
