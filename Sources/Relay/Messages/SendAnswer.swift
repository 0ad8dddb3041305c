public import API

/// What a member gets when it sends a message.
public enum SendAnswer: Sendable {
    /// The message as it stands: completed, running still, or failed.
    case message(Message)
    /// No message came of it.
    case refused(Problem)
}
