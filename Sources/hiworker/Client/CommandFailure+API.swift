import AsyncHTTPClient
import BSON
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension CommandFailure {
    /// Codes of messages that will not be answered; `send` ends with a status of its own for them.
    private static let messageCodes: Set = [
        "unknown_command", "invalid_tokens", "bot_offline", "bot_busy", "rate_limited", "bot_error", "bot_timeout",
    ]
    private static let keyCodes: Set = [
        "key_missing", "key_malformed", "key_unknown", "key_revoked", "key_expired", "key_wrong_kind",
    ]

    /// What the server said instead of doing it; `problem` is nil when its answer was none of ours.
    init(status: Int, problem: JSON.Object?, from url: String) {
        guard let problem, let code = problem["code"]?.string else {
            self.init(
                status >= 500 ? .unavailable : .refused,
                "\(url) answered with status \(status) and without a reason; is it a hiworker?"
            )
            return
        }
        let exit: Outcome =
            if Self.messageCodes.contains(code) {
                .messageFailed
            } else if Self.keyCodes.contains(code) {
                .keyRefused
            } else {
                status >= 500 ? .unavailable : .refused
            }
        self.init(exit, Self.sentences(problem), json: .object(problem))
    }

    /// A message that failed after the call that sent it.
    init(failed message: JSON.Object) {
        self.init(.messageFailed, Self.sentences(message["problem"]?.object ?? [:]), json: .object(message))
    }

    /// The problem's code (RFC 9457 extension member); nil for failures on this side.
    var code: String? { json?.object?["code"]?.string }

    private static func sentences(_ problem: JSON.Object) -> String {
        let detail = problem["detail"]?.string ?? problem["title"]?.string ?? "The server gave no reason."
        var lines = ["\(TerminalText.safe(detail)) (\(TerminalText.safe(problem["code"]?.string ?? "unknown")))"]
        for issue in (problem["errors"]?.array ?? []).compactMap(\.object) {
            let place = issue["pointer"]?.string ?? issue["parameter"]?.string ?? issue["token"]?.string ?? ""
            let reason = issue["detail"]?.string ?? issue["code"]?.string ?? ""
            lines.append(TerminalText.safe(place.isEmpty ? "  \(reason)" : "  \(place): \(reason)"))
        }
        return lines.joined(separator: "\n")
    }

    /// A call that brought no answer.
    init(unreachable url: String, _ error: any Error) {
        var advice = "Start the server with ‘hiworker serve’, or name another with HIWORKER_URL."
        let reason: String
        switch error {
        case let error as HTTPClientError where error == .connectTimeout || error == .deadlineExceeded:
            reason = "it did not answer in time"
        case let error as HTTPClientError where error == .remoteConnectionClosed:
            reason = "it closed the connection without an answer"
            advice = "If it speaks TLS, its address begins with https."
        case let error as NIOConnectionError:
            reason = Self.reason(error)
        case let error as IOError:
            reason = String(cString: strerror(error.errnoCode)).lowercased()
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            reason = "its certificate is for another host"
            advice = "Call it by the name in its certificate."
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
            reason = "it speaks no TLS, or its certificate is not trusted"
            advice = "HIWORKER_CA_FILE names a file with the certificate of your own authority."
        case is NIOTooManyBytesError:
            reason = "its answer is too long"
        default:
            reason = "\(error)"
        }
        self.init(.unavailable, "\(url) cannot be reached: \(reason). \(advice)")
    }

    /// Why no connection came about: no such host, or what the system said to the last address that was tried.
    private static func reason(_ error: NIOConnectionError) -> String {
        guard let last = error.connectionErrors.last else { return "there is no host of this name" }
        guard let failure = last.error as? IOError else { return "\(last.error)" }
        return failure.errnoCode == ECONNREFUSED
            ? "nothing listens there" : String(cString: strerror(failure.errnoCode)).lowercased()
    }
}
