import NIOCore

/// Stands where the socket would be in a channel that has none: notes what is asked of it.
///
/// A testing channel closes whole even when only its output is to be closed; here that is noted and goes no further.
final class SocketEnd: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private let journal: Journal

    init(_ journal: Journal) {
        self.journal = journal
    }

    func read(context: ChannelHandlerContext) {
        journal.note("read")
        context.read()
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output {
            journal.note("output closed")
            promise?.succeed()
        } else {
            journal.note("closed")
            context.close(mode: mode, promise: promise)
        }
    }
}
