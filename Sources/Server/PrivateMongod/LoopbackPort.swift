import Foundation

/// A TCP port of 127.0.0.1 that nobody listens on.
package enum LoopbackPort {
    /// Whether a server could listen on the port at this moment.
    package static func isFree(_ port: UInt16) -> Bool {
        bound(to: port) != nil
    }

    /// A port that nobody has; nil when there is none, or no more sockets. Another process may take it before it is used,
    /// which the user of it has to notice.
    package static func free() -> UInt16? {
        let likely = (0..<tries).lazy.map { _ in UInt16.random(in: quietRange) }.first(where: isFree)
        return likely ?? bound(to: 0)
    }

    /// Below the ports that systems give to outgoing connections: one of those could have the port when it is wanted again.
    private static let quietRange: ClosedRange<UInt16> = 20_000...32_000
    private static let tries = 50

    /// Binds a socket for a moment and says to which port.
    private static func bound(to port: UInt16) -> UInt16? {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // As mongod does: connections that just ended do not count as taking the port.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))

        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        address.sin_port = port.bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        return isBound ? UInt16(bigEndian: address.sin_port) : nil
    }
}
