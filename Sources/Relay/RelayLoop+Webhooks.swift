import API
import BSON
import Directory
import NIOCore
import Wire

// What becomes of a message when the call to its bot's webhook is over.
extension RelayLoop: WebhookCallReceiver {
    func call(_ call: WebhookCall, ended result: WebhookResult) {
        guard let entry = running[call.message.id], entry.call === call else { return }
        entry.call = nil
        let link = entry.link
        link.endCall()
        switch result {
        case .response(let response): take(response, for: entry)
        case .unreachable(let reason):
            shared.note(link.failed(reason, at: .now), of: link)
            fail(entry, problem(.botOffline, entry, ["reason": .string(reason.rawValue)]))
        case .failed(.timedOut):
            shared.note(link.failed(.timeout, at: .now), of: link)
            fail(entry, problem(.botTimeout, entry))
        case .failed(.closed): failOnBot(entry, .closed)
        case .failed(.invalid(let failure)): failOnBot(entry, BotFailure(failure))
        }
    }

    private func take(_ response: WebhookResponse, for entry: RunningMessage) {
        let link = entry.link
        switch BotAnswer(response) {
        case .reply(let reply):
            shared.note(link.answered(at: .now), of: link)
            complete(entry, reply)
        case .later:
            shared.note(link.answered(at: .now), of: link)
            if entry.waiters.isEmpty { noteDrained() }
        case .failure(let failure): failOnBot(entry, failure, status: response.status)
        }
    }

    private func failOnBot(_ entry: RunningMessage, _ failure: BotFailure, status: Int? = nil) {
        var members: JSON.Object = ["reason": .string(failure.rawValue)]
        if let status { members["bot_status"] = .integer(Int64(status)) }
        shared.note(entry.link.failed(.badStatus, at: .now), of: entry.link)
        fail(entry, problem(.botError, entry, members))
    }

    /// A problem with the message's bot.
    func problem(_ code: Problem.Code, _ entry: RunningMessage, _ members: JSON.Object = [:]) -> Problem {
        var arguments = ["bot": entry.message.bot?.name ?? ""]
        if let reason = members["reason"]?.string { arguments["why"] = reason }
        return Problem(code, arguments, members: members)
    }
}
