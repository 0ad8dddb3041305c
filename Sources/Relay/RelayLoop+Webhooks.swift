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
        entry.link?.endCall()
        switch result {
        case .response(let response):
            entry.link?.heard(at: .now)
            take(response, for: entry)
        case .unreachable(let reason):
            entry.link?.lost(reason, at: .now)
            fail(entry, problem(.botOffline, entry, ["reason": .string(reason.rawValue)]))
        case .failed(.timedOut):
            entry.link?.lost(.timeout, at: .now)
            fail(entry, problem(.botTimeout, entry))
        case .failed(.closed): failOnBot(entry, .closed)
        case .failed(.invalid(let failure)): failOnBot(entry, BotFailure(failure))
        }
    }

    private func take(_ response: WebhookResponse, for entry: RunningMessage) {
        switch BotAnswer(response) {
        case .reply(let reply): complete(entry, reply)
        case .later:
            if entry.waiters.isEmpty { noteDrained() }
        case .failure(let failure): failOnBot(entry, failure, status: response.status)
        }
    }

    private func failOnBot(_ entry: RunningMessage, _ failure: BotFailure, status: Int? = nil) {
        var members: JSON.Object = ["reason": .string(failure.rawValue)]
        if let status { members["bot_status"] = .integer(Int64(status)) }
        fail(entry, problem(.botError, entry, members))
    }

    /// A problem with the message's bot.
    func problem(_ code: Problem.Code, _ entry: RunningMessage, _ members: JSON.Object = [:]) -> Problem {
        var arguments = ["bot": entry.message.bot?.name ?? ""]
        if let reason = members["reason"]?.string { arguments["why"] = reason }
        return Problem(code, arguments, members: members)
    }
}
