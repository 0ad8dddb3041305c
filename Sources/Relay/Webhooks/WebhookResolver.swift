import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Resolves names for webhook connections and drops the addresses that the policy refuses.
///
/// NIO dials exactly what a resolver returns, literal addresses included, so that nothing is dialled unchecked and no
/// second look-up can return something else. One instance serves one connection attempt.
final class WebhookResolver: Resolver, Sendable {
    private let eventLoop: any EventLoop
    private let policy: AddressPolicy

    init(eventLoop: any EventLoop, policy: AddressPolicy) {
        self.eventLoop = eventLoop
        self.policy = policy
    }

    func initiateAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        resolve(host: host, port: port, family: AF_INET)
    }

    func initiateAAAAQuery(host: String, port: Int) -> EventLoopFuture<[SocketAddress]> {
        resolve(host: host, port: port, family: AF_INET6)
    }

    /// `getaddrinfo` cannot be stopped; its answer is simply not used.
    func cancelQueries() {}

    private func resolve(host: String, port: Int, family: Int32) -> EventLoopFuture<[SocketAddress]> {
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { [policy] in
            let found = Self.addresses(host: host, port: port, family: family)
            let allowed = found.filter(policy.allows)
            guard !allowed.isEmpty || found.isEmpty else { throw AddressNotAllowed() }
            return allowed
        }
    }

    /// Blocks until the system's resolver answers (getaddrinfo(3)). Empty when the name has no address of the family.
    private static func addresses(host: String, port: Int, family: Int32) -> [SocketAddress] {
        var hints = addrinfo()
        hints.ai_family = family
        #if canImport(Darwin)
        hints.ai_socktype = SOCK_STREAM
        #else
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { entry in
            guard let entry = entry?.pointee, let address = entry.ai_addr else { return nil }
            return socketAddress(address, family: entry.ai_family, port: port)
        }
    }

    private static func socketAddress(
        _ address: UnsafeMutablePointer<sockaddr>,
        family: Int32,
        port: Int
    ) -> SocketAddress? {
        let port = in_port_t(truncatingIfNeeded: port).bigEndian
        switch family {
        case AF_INET:
            return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                var four = $0.pointee
                four.sin_port = port
                return SocketAddress(four)
            }
        case AF_INET6:
            return address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                var six = $0.pointee
                six.sin6_port = port
                return SocketAddress(six)
            }
        default: return nil
        }
    }
}
