import API
import BSON
import Directory
import NIOCore

// How messages in hand end, and who is told.
extension RelayLoop {
    /// Ends a running message with its reply.
    func complete(_ entry: RunningMessage, _ reply: JSON.Object) {
        entry.message.complete(reply, at: .now)
        end(entry)
    }

    /// Ends a running message with what went wrong.
    func fail(_ entry: RunningMessage, _ problem: Problem) {
        entry.message.fail(problem, at: .now)
        end(entry)
    }

    func end(_ entry: RunningMessage) {
        running[entry.message.id] = nil
        entry.link.endMessage()
        entry.connection?.endMessage()
        entry.connection = nil
        if entry.isParked { entry.link.unpark() }
        if let call = entry.call {
            // The bot answered by `POST …/reply` before its webhook did; what the webhook says no longer matters.
            entry.call = nil
            entry.link.endCall()
            call.cancel()
        }
        conclude(entry.message)
        for waiter in entry.waiters { waiter.receiver.receive(.message(entry.message)) }
        entry.waiters = []
        noteDrained()
    }

    /// Keeps an ended message for a while and gives it to MongoDB.
    func conclude(_ message: Message) {
        let retention = configuration.historyDays > 0 ? Self.shortRetention : Self.longRetention
        shared.counts.count(message)
        shared.events.publish(.message(message), to: message.member.id)
        ended.append(message, until: .now() + retention)
        record(message)
    }

    /// With history in MongoDB memory only bridges the time until it is written.
    private static let shortRetention: TimeAmount = .minutes(1)
    /// Without, memory is all there is: as long as a bot may take to answer.
    private static let longRetention: TimeAmount = .minutes(15)

    func record(_ message: Message) {
        guard configuration.historyDays > 0 else { return }
        unrecorded.append(message)
    }

    /// The wait of those who waited long enough is over: they learn that it runs.
    func endWait(of entry: RunningMessage, now: NIODeadline) {
        guard entry.waiters.contains(where: { $0.until <= now }) else { return }
        let over = entry.waiters.filter { $0.until <= now }
        entry.waiters.removeAll { $0.until <= now }
        if !entry.isRecordedAsRunning {
            entry.isRecordedAsRunning = true
            record(entry.message)
        }
        for waiter in over { waiter.receiver.receive(.message(entry.message)) }
        noteDrained()
    }
}
