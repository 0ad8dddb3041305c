import Foundation
package import Logging

extension PrivateMongod {
    /// Lends a connection string to a command that works on the database beside the server: the configured one, else that
    /// of the private mongod, which is started for the duration of `body` when no server runs it.
    ///
    /// Throws ``PrivateMongodError``, and whatever `body` throws.
    package static func withURI<Result>(
        _ configuration: ServerConfiguration,
        logger: Logger,
        _ body: (String) async throws -> Result
    ) async throws -> Result {
        if let uri = configuration.mongodbURI ?? runningURI(DataDirectory(configuration.dataDirectory), logger: logger)
        {
            return try await body(uri)
        }
        let mongod = try await start(configuration, logger: logger)
        do {
            let result = try await body(mongod.uri)
            await mongod.stop()
            return result
        } catch {
            await mongod.stop()
            throw error
        }
    }

    /// The connection string of a private mongod that a server runs at this moment; nil when none does.
    private static func runningURI(_ directory: DataDirectory, logger: Logger) -> String? {
        guard FileManager.default.fileExists(atPath: directory.path),
            let port = directory.text(portFile).flatMap({ UInt16($0) })
        else { return nil }
        if let free = try? DataDirectoryLock(directory) {
            free.release()
            return nil
        }
        return ReplicaSet(port: port, logger: logger).uri
    }
}
