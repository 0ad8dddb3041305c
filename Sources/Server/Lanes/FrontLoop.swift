import API
import NIOCore
import Relay
import Wire

/// What all front handlers of one event loop share. Confined to it.
final class FrontLoop {
    let eventLoop: any EventLoop
    let relay: RelayLoop
    let scanner = PlainRequestScanner(
        requestLine: "POST /v1/messages HTTP/1.1",
        upgradeLine: "GET /v1/me/socket HTTP/1.1"
    )
    let messageHeads = ResponseHeadWriter(
        contentType: "application/json",
        statuses: [200: "OK", 202: "Accepted"]
    )
    let problemHeads = ResponseHeadWriter(
        contentType: "application/problem+json",
        statuses: Dictionary(
            Problem.Code.allCases.map { ($0.status, HTTPReason.phrase(of: $0.status)) },
            uniquingKeysWith: { first, _ in first }
        )
    )
    private var handlers: [ObjectIdentifier: FrontHandler] = [:]
    private var dateText = ""
    private var dateSecond: Int64 = 0

    init(eventLoop: any EventLoop, relay: RelayLoop) {
        self.eventLoop = eventLoop
        self.relay = relay
    }

    func add(_ handler: FrontHandler) {
        handlers[ObjectIdentifier(handler)] = handler
    }

    func remove(_ handler: FrontHandler) {
        handlers[ObjectIdentifier(handler)] = nil
    }

    /// Once a second: connections without a request for too long close, requests that do not arrive whole go to the cold
    /// lane, which has the time limits.
    func sweep(now: NIODeadline) {
        for handler in handlers.values { handler.checkPatience(now: now) }
    }

    /// The value of `Date`, made once a second (RFC 9110 section 5.6.7).
    func date() -> String {
        let second = HTTPDate.secondsNow
        if second != dateSecond {
            dateSecond = second
            dateText = HTTPDate.text(seconds: second)
        }
        return dateText
    }
}

@available(*, unavailable)
extension FrontLoop: Sendable {}
