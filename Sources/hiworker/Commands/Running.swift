import Foundation
import Logging
import NIOCore
import Server
import ServiceLifecycle
import UnixSignals

/// Runs services in the foreground until SIGTERM or Ctrl-C.
enum Running {
    /// Stops them in order at the signal, the last one first.
    ///
    /// Throws ``CommandFailure`` when one of them fails.
    static func untilSignal(
        _ services: [any Service],
        configuration: ServerConfiguration,
        logger: Logger
    ) async throws {
        StandardStream.outliveReaders()
        var quiet = logger
        // The group tells at `info` which service starts when.
        quiet.logLevel = max(logger.logLevel, .notice)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                // When one fails the others end in order too, and its error is thrown after that.
                services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: quiet
            )
        )
        do {
            try await group.run()
        } catch {
            throw CommandFailure(serving: error, on: configuration)
        }
    }
}

extension CommandFailure {
    /// Why a server did not start or go on.
    fileprivate init(serving error: any Error, on configuration: ServerConfiguration) {
        if let known = CommandFailure(error) {
            self = known
            return
        }
        let address = "\(configuration.host):\(configuration.port)"
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE:
            self.init(
                .unavailable,
                "\(address) is taken: another program listens there. Stop it, or choose another port with HIWORKER_PORT "
                    + "(--port)."
            )
        case EACCES:
            self.init(
                .unavailable,
                "\(address) may not be listened on by this user; ports below 1024 are often reserved. Choose another with "
                    + "HIWORKER_PORT (--port)."
            )
        case EADDRNOTAVAIL:
            self.init(
                .wrongConfiguration,
                "\(address) cannot be listened on: this machine has no such address. Correct HIWORKER_HOST (--host)."
            )
        default:
            self.init(.refused, "The server stopped: \(error)")
        }
    }
}
