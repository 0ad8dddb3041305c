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
        return sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }
            .compactMap { entry in entry.flatMap { socketAddress($0.pointee, port: port) } }
    }

    /// By way of the numeric text (getnameinfo(3)): which module declares the fields of the socket structures depends on
    /// the platform.
    private static func socketAddress(_ entry: addrinfo, port: Int) -> SocketAddress? {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN) + 1)
        let status = getnameinfo(
            entry.ai_addr,
            entry.ai_addrlen,
            &text,
            socklen_t(text.count),
            nil,
            0,
            NI_NUMERICHOST
        )
        guard status == 0 else { return nil }
        let address = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return try? SocketAddress(ipAddress: address, port: port)
    }
}
