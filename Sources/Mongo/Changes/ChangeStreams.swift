import Synchronization

/// The change streams of a pool that are open: how many, and how to end them all.
final class ChangeStreams: Sendable {
    private struct State {
        var open: [ObjectIdentifier: ChangeBuffer] = [:]
        var isClosed = false
        var whenAllEnded: CheckedContinuation<Void, Never>?
    }

    private let clients: ClientPool
    private let maximumCount: Int
    private let state = Mutex(State())

    init(clients: ClientPool, maximumCount: Int) {
        self.clients = clients
        self.maximumCount = maximumCount
    }

    /// Starts a thread that fills the returned buffer until the server fails, the buffer is stopped, or all are closed.
    func open(_ query: ChangeStreamQuery) throws(MongoError) -> ChangeBuffer {
        let buffer = ChangeBuffer()
        try state.withLock { (state) throws(MongoError) in
            guard !state.isClosed else { throw .closed }
            guard state.open.count < maximumCount else { throw .tooManyChangeStreams(maximumCount) }
            state.open[ObjectIdentifier(buffer)] = buffer
        }
        do {
            let stream = ChangeStreamThread(query: query, buffer: buffer)
            try OwnThread { self.serve(stream) }.detach()
            return buffer
        } catch {
            forget(buffer)
            throw error
        }
    }

    /// How many have a thread.
    var openCount: Int {
        state.withLock { $0.open.count }
    }

    private func serve(_ stream: ChangeStreamThread) {
        do {
            try clients.withClient { (client) throws(MongoError) in try stream.follow(client) }
            stream.buffer.finish(nil)
        } catch {
            stream.buffer.finish(error)
        }
        forget(stream.buffer)
    }

    private func forget(_ buffer: ChangeBuffer) {
        let whenAllEnded = state.withLock { state in
            state.open[ObjectIdentifier(buffer)] = nil
            return state.open.isEmpty ? state.whenAllEnded.take() : nil
        }
        whenAllEnded?.resume()
    }

    /// Ends all streams with `closed`, opens no more, and waits until every client has come back. To be called once.
    func close() async {
        await withCheckedContinuation { continuation in
            let open = state.withLock { state in
                state.isClosed = true
                if !state.open.isEmpty { state.whenAllEnded = continuation }
                return Array(state.open.values)
            }
            for buffer in open { buffer.stop(.failure(.closed)) }
            if open.isEmpty { continuation.resume() }
        }
    }
}
