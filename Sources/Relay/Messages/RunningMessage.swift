import NIOCore

/// A message that an event loop has in hand, and who waits for it. Confined to that loop.
final class RunningMessage {
    var message: Message
    /// Those who are told once it is completed, failed, or their wait is over. Nearly always one.
    var waiters: [Waiter] = []
    /// The call to its bot's webhook while it lasts.
    var call: WebhookCall?
    /// The socket that carried it last; nil for a webhook, and while it waits for its bot to dial again.
    var connection: BotConnection?
    /// Whether it waits for its bot to dial again.
    var isParked = false
    /// How often it was given to its bot over a socket.
    var attempt = 0
    /// When it fails if nobody has answered it.
    var deadline: NIODeadline
    /// How its bot stands; counts this message while it runs.
    let link: BotLink
    /// Whether MongoDB was given it as running already.
    var isRecordedAsRunning = false

    struct Waiter {
        let receiver: any SendAnswerReceiver
        let until: NIODeadline
    }

    init(_ message: Message, link: BotLink, deadline: NIODeadline) {
        self.message = message
        self.link = link
        self.deadline = deadline
    }
}

/// Whoever sent a message and waits for the answer: a request of either lane. Called once, on the message's event loop.
package protocol SendAnswerReceiver: AnyObject {
    func receive(_ answer: SendAnswer)
}
