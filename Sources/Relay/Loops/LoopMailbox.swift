import NIOCore
import Synchronization

/// What other event loops hand over to one. They leave it in batches: the first letter wakes the loop, which then takes
/// all that came meanwhile.
///
/// Bounded by its senders: messages in hand and questions are, and a socket with ``BotSocket/maximumUnsettled`` frames on
/// their way reads no more.
final class LoopMailbox: Sendable {
    /// Carried out on the loop that it is for.
    typealias Letter = @Sendable (RelayLoop) -> Void

    private let loop: NIOLoopBound<RelayLoop>
    private let letters = Mutex<[Letter]>([])

    init(_ loop: NIOLoopBound<RelayLoop>) {
        self.loop = loop
    }

    /// From any thread. Letters of one sender arrive in their order.
    func post(_ letter: @escaping Letter) {
        let isFirst = letters.withLock { letters in
            letters.append(letter)
            return letters.count == 1
        }
        if isFirst { loop.eventLoop.execute { self.deliver() } }
    }

    private func deliver() {
        let batch = letters.withLock { letters in
            let batch = letters
            letters = []
            return batch
        }
        for letter in batch { letter(loop.value) }
    }
}
