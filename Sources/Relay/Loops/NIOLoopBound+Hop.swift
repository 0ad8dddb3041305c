import NIOCore

extension NIOLoopBound {
    /// Runs on the value's event loop, at once when this is it.
    func execute(_ body: @escaping @Sendable (Value) -> Void) {
        if eventLoop.inEventLoop { body(value) } else { eventLoop.execute { body(self.value) } }
    }

    func submit<Result: Sendable>(
        _ body: @escaping @Sendable (Value) -> Result
    ) -> EventLoopFuture<Result> {
        eventLoop.submit { body(self.value) }
    }
}
