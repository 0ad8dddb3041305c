import NIOCore
import Relay
import ServiceLifecycle

/// The fronts of all event loops.
struct FrontLoops: Service {
    private let fronts: [ObjectIdentifier: NIOLoopBound<FrontLoop>]

    init(group: any EventLoopGroup, relay: Relay) async throws {
        var fronts: [ObjectIdentifier: NIOLoopBound<FrontLoop>] = [:]
        for eventLoop in group.makeIterator() {
            fronts[ObjectIdentifier(eventLoop)] =
                try await eventLoop.submit {
                    let front = FrontLoop(eventLoop: eventLoop, relay: relay.loop(on: eventLoop))
                    return NIOLoopBound(front, eventLoop: eventLoop)
                }
                .get()
        }
        self.fronts = fronts
    }

    /// The front of an event loop of the group. Only on that loop.
    func front(on eventLoop: any EventLoop) -> FrontLoop? {
        fronts[ObjectIdentifier(eventLoop)]?.value
    }

    /// Does what every front does once a second, until the server stops.
    func run() async throws {
        let sweeps = fronts.values.map { bound in
            bound.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                bound.value.sweep(now: .now())
            }
        }
        try? await gracefulShutdown()
        for sweep in sweeps { sweep.cancel() }
    }
}
