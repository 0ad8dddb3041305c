import API
import BSON
import Directory
import HTTPTypes
import Hummingbird
import NIOCore
import Relay

/// `GET /v1/me/events`: what happens to the member's messages and bots, at once (HTML Living Standard section 9.2,
/// server-sent events).
struct EventRoutes {
    let relay: Relay

    /// How long a client waits before it connects again.
    private static let retryMilliseconds = 1_000

    func add(to group: RouterGroup<APIRequestContext>) {
        group.get("/v1/me/events", use: events)
    }

    @Sendable private func events(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let (member, key) = try context.requireMember()
        let channel = context.channel
        let last = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
        let events = relay.events
        let language = context.language
        var response = Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store", .contentLanguage: language.rawValue,
                // Proxies of the nginx kind collect responses unless told.
                .xAccelBuffering: "no",
            ]
        )
        // Whoever wants the head alone would leave a stream behind that nobody reads.
        if request.method == .head { return response }
        try events.requireOpen()
        let after = last.flatMap { $0.isEmpty ? nil : $0 }
        response.body = ResponseBody { writer in
            // Here and not before: for a client that is gone by now none of this runs.
            let stream = try events.open(for: member, key: key, after: after) {
                // What waits to be written to a client that does not read would wait for ever.
                channel.close(promise: nil)
            }
            let expiry = key.expiresAt.map { Self.end(stream, in: events, at: $0, on: channel.eventLoop) }
            defer {
                events.close(stream)
                expiry?.cancel()
            }
            try await request.body.consumeWithInboundCloseHandler { _ in
                try await writer.write(
                    ByteBuffer(string: "retry: \(Self.retryMilliseconds)\nid: \(stream.begin)\n\n")
                )
                for await item in stream.items {
                    stream.took(item)
                    try await writer.write(Self.bytes(of: item, in: language))
                }
            } onInboundClosed: {
                events.close(stream)
            }
            try await writer.finish(nil)
        }
        return response
    }

    private static func end(
        _ stream: EventStream,
        in events: EventHub,
        at instant: Instant,
        on eventLoop: any EventLoop
    ) -> Scheduled<Void> {
        let rest = TimeAmount.milliseconds(max(instant.milliseconds - Instant.now.milliseconds, 0))
        return eventLoop.scheduleTask(in: rest) { events.close(stream) }
    }

    /// One line of data: our JSON has no line breaks.
    private static func bytes(of item: EventStream.Item, in language: Language) -> ByteBuffer {
        switch item {
        case .heartbeat: return ByteBuffer(string: ":\n\n")
        case .event(let id, let event):
            var buffer = ByteBuffer(string: "id: \(id)\nevent: \(event.name)\ndata: ")
            buffer.writeBytes(JSON.object(event.body(in: language)).bytes)
            buffer.writeStaticString("\n\n")
            return buffer
        }
    }
}

extension HTTPField.Name {
    fileprivate static var xAccelBuffering: Self {
        guard let name = Self("X-Accel-Buffering") else { preconditionFailure("The name is a token.") }
        return name
    }
}
