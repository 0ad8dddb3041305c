#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A thread for calls that block. Exactly one of ``join()`` and ``detach()`` must follow its start.
///
/// `@unchecked`: a `pthread_t` is a number or a pointer that is only ever passed back to the system.
struct OwnThread: @unchecked Sendable {
    private let handle: pthread_t

    /// Starts the thread.
    init(_ body: @escaping @Sendable () -> Void) throws(MongoError) {
        let start = Unmanaged.passRetained(Start(body))
        #if canImport(Darwin)
        var handle: pthread_t?
        #else
        var handle = pthread_t()
        #endif
        let failure = pthread_create(&handle, nil, { OwnThread.run($0) }, start.toOpaque())
        #if canImport(Darwin)
        let created = handle
        #else
        let created: pthread_t? = handle
        #endif
        guard failure == 0, let created else {
            start.release()
            throw .noThread(errno: failure)
        }
        self.handle = created
    }

    /// Waits for the end of the thread.
    func join() {
        pthread_join(handle, nil)
    }

    /// Lets the thread clean up after itself when it ends.
    func detach() {
        pthread_detach(handle)
    }

    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// The argument is optional on one system and not on the other.
    private static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument else { return nil }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        return nil
    }
}
