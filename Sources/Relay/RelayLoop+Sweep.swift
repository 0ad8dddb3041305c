import API
import BSON
import Directory
import NIOCore

// What is done once in a while for everything at once, instead of a timer for each message and connection.
extension RelayLoop {
    /// Waits and deadlines are kept to this.
    static let sweepInterval: TimeAmount = .milliseconds(20)

    func sweep(now: NIODeadline) {
        ended.removeExpired(now: now)
        for entry in running.values {
            entry.call?.checkDeadline(now: now)
            guard running[entry.message.id] === entry else { continue }
            if entry.deadline <= now {
                fail(entry, problem(.botTimeout, entry))
            } else {
                endWait(of: entry, now: now)
            }
        }
        pool.sweep(now: now)
        sockets.sweep(now: now)
        if isDraining { noteDrained() }
        handOverToHistory()
        // An idle loop would keep a whole old snapshot alive.
        _ = snapshots.current()
    }

    /// What ended since the last sweep goes to the history in one batch.
    func handOverToHistory() {
        guard !unrecorded.isEmpty else { return }
        shared.history?.write(unrecorded)
        unrecorded.removeAll(keepingCapacity: true)
    }

    /// Lets go of what was deleted in the directory.
    func directoryChanged(_ change: SnapshotChanges) {
        closeSockets(change)
        guard !change.deletedBots.isEmpty || !change.deletedMembers.isEmpty || !change.deletedCompanies.isEmpty else {
            return
        }
        for entry in running.values where entry.message.bot.map({ change.deletedBots.contains($0.id) }) ?? false {
            fail(entry, problem(.botOffline, entry, ["reason": "deleted"]))
        }
        for bot in change.deletedBots { parked[bot] = nil }
        for entry in running.values where change.isGone(entry.message) {
            fail(entry, Problem(.keyUnknown))
        }
        unrecorded.removeAll(where: change.isGone)
        ended.remove(where: change.isGone)
        shared.history?.forget(change)
    }
}

extension SnapshotChanges {
    /// Whether a message's sender was deleted, alone or with the company: nothing of it may stay.
    func isGone(_ message: Message) -> Bool {
        deletedMembers.contains(message.member.id) || deletedCompanies.contains(message.company)
    }
}
