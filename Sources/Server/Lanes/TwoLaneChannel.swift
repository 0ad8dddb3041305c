import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes

/// Sets up a connection that starts in the hot lane, if this process relays, and may turn cold.
///
/// Its value is there at once; the ordinary pipeline and the task that serves it come into being when the connection
/// turns cold.
struct TwoLaneChannel: HTTPChannelHandler {
    let responder: Responder
    let coldLane: ColdLane
    /// Nil where this process is no relay: every connection is cold from the start.
    let fronts: FrontLoops?

    /// A connection of either lane.
    struct Value: ServerChildChannelValue {
        let channel: any Channel
        /// Fulfilled when the connection turns cold; nil when it ended hot.
        let cold: EventLoopFuture<ColdChannel?>
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let promise = channel.eventLoop.makePromise(of: ColdChannel?.self)
            if let front = fronts?.front(on: channel.eventLoop) {
                let handler = FrontHandler(
                    loop: front,
                    turnCold: { channel in
                        promise.completeWith(Result { try coldLane.addHandlers(to: channel, logger: logger) })
                    },
                    endHot: { promise.succeed(nil) }
                )
                try channel.pipeline.syncOperations.addHandler(handler)
            } else {
                promise.succeed(try coldLane.addHandlers(to: channel, logger: logger))
            }
            return Value(channel: channel, cold: promise.futureResult)
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            guard let cold = try? await value.cold.get() else { return }
            await handleHTTP(asyncChannel: cold, logger: logger)
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
