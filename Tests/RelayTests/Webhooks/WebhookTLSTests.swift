import Directory
import NIOCore
import NIOPosix
import NIOSSL
import Testing
import Wire

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `A webhook over TLS` {
    /// Calls a server that presents the test's certificate; returns what came of it in a word or two.
    private func call(host: String, trusting tls: NIOSSLContext, answer: String?) async throws -> [String] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        defer { group.shutdownGracefully { _ in } }
        let eventLoop = group.next()
        return try await WebhookServer.with(tls: TestCertificate.server()) { server in
            let caller =
                try await eventLoop.submit {
                    NIOLoopBound(Caller(eventLoop: eventLoop, tls: tls), eventLoop: eventLoop)
                }
                .get()
            var results: [String] = []
            for attempt in 1...2 {
                async let result = caller.submit { $0.call("https://\(host):\(server.port)/") }.flatMap { $0 }.get()
                if let answer {
                    let call = try await server.next()
                    #expect(call.connection == 1, "attempt \(attempt)")
                    try await call.answer(answer)
                }
                results.append(try await result)
            }
            try await caller.submit { $0.close() }.get()
            return results
        }
    }

    @Test
    func `is called once its certificate is checked, over one connection`() async throws {
        let results = try await call(host: "localhost", trusting: TestCertificate.client(), answer: "네")
        #expect(results == ["200 네", "200 네"])
    }

    @Test
    func `is not called when nobody vouches for its certificate`() async throws {
        let nobody = try NIOSSLContext(configuration: .clientDefault)
        #expect(try await call(host: "localhost", trusting: nobody, answer: nil) == ["tls", "tls"])
    }

    @Test
    func `is not called when its certificate is for another name`() async throws {
        let results = try await call(host: "127.0.0.1", trusting: TestCertificate.client(), answer: nil)
        #expect(results == ["tls", "tls"])
    }
}

/// A pool and who calls over it, on one event loop.
private final class Caller: WebhookCallReceiver {
    private let eventLoop: any EventLoop
    private let pool: WebhookPool
    private var result: EventLoopPromise<String>?

    init(eventLoop: any EventLoop, tls: NIOSSLContext) {
        self.eventLoop = eventLoop
        pool = WebhookPool(
            eventLoop: eventLoop,
            policy: RelayConfiguration.loopback().webhookAddresses,
            tls: tls
        )
    }

    func call(_ url: String) -> EventLoopFuture<String> {
        let promise = eventLoop.makePromise(of: String.self)
        result = promise
        guard let endpoint = WebhookEndpoint(url: url) else {
            promise.succeed("no endpoint")
            return promise.futureResult
        }
        pool.start(
            WebhookCall(
                Sample.message(),
                to: endpoint,
                signer: WebhookSigner(secrets: [Sample.secret]),
                deadline: .distantFuture,
                receiver: self
            )
        )
        return promise.futureResult
    }

    func call(_ call: WebhookCall, ended result: WebhookResult) {
        switch result {
        case .response(let response): self.result?.succeed("\(response.status) \(String(buffer: response.body))")
        case .unreachable(let reason): self.result?.succeed(reason.rawValue)
        case .failed(let failure): self.result?.succeed("\(failure)")
        }
    }

    func close() {
        pool.close()
    }
}
