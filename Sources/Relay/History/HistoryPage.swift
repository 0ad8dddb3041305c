/// Which part of a member's messages is asked for.
public enum HistoryPage: Sendable, Hashable {
    /// The newest.
    case latest
    /// Older than a message, newest first.
    case before(MessageID)
    /// Newer than a message, oldest first.
    case after(MessageID)

    func holds(_ id: MessageID) -> Bool {
        switch self {
        case .latest: true
        case .before(let bound): id < bound
        case .after(let bound): id > bound
        }
    }

    func ordered(_ messages: some Sequence<Message>) -> [Message] {
        if case .after = self { return messages.sorted { $0.id < $1.id } }
        return messages.sorted { $0.id > $1.id }
    }
}
