import BSON
import Foundation
import Logging
import Mongo

/// Makes a mongod on loopback the one node of a replica set that takes writes. Change streams need one.
struct ReplicaSet {
    /// Its name, on the command line of the mongod and in its configuration.
    static let name = "hiworker"

    /// Error codes of MongoDB's `error_codes.yml`.
    private static let notYetInitialized = 94
    private static let alreadyInitialized = 23

    /// How long one look for a mongod that does not listen yet may take: a cancelled wait lasts no longer.
    private static let look = Duration.milliseconds(500)

    let port: UInt16
    let logger: Logger

    private var host: String { "127.0.0.1:\(port)" }

    /// How clients connect to it.
    var uri: String { "mongodb://\(host)/?replicaSet=\(Self.name)" }

    /// Returns when the mongod takes writes: waits until it answers, initiates a new set, and corrects the port in the
    /// configuration of one that had another before.
    ///
    /// - Parameter process: the mongod that is meant. Another may have taken the port first, and is left alone.
    /// - Returns: false when it is another that answers.
    /// - Throws: when that takes longer than `patience`, and soon after the task is cancelled.
    func bringUp(_ process: pid_t, within patience: Duration) async throws(MongoError) -> Bool {
        // Not by the set's name: until it is initiated, and while its configuration names another port, the set has no
        // member that a client could find.
        var configuration = MongoPool.Configuration()
        configuration.size = 1
        configuration.serverSelectionTimeout = Self.look
        let uri = "mongodb://\(host)/?directConnection=true"
        let pool = try MongoPool(uri: uri, configuration: configuration, logger: logger)
        let admin = pool.database("admin")
        let deadline = ContinuousClock.now + patience
        while true {
            do throws(MongoError) {
                let status = try await admin.run(["serverStatus": 1])
                let isMeant = status["pid"]?.int64 == Int64(process)
                if isMeant {
                    try await configure(admin)
                    try await awaitPrimary(admin)
                }
                await pool.close()
                return isMeant
            } catch {
                guard error.isTransient, !Task.isCancelled, .now < deadline else {
                    await pool.close()
                    throw error
                }
            }
        }
    }

    private func configure(_ admin: MongoDatabase) async throws(MongoError) {
        let stored: BSONDocument
        do throws(MongoError) {
            stored = try await admin.run(["replSetGetConfig": 1])
        } catch {
            guard error.serverCode == Self.notYetInitialized else { throw error }
            try await initiate(admin)
            return
        }
        guard var configuration = stored["config"]?.document else { return }
        var member = configuration["members"]?.array?.first { _ in true }?.document ?? ["_id": 0]
        guard member["host"] != .string(host) else { return }
        member["host"] = .string(host)
        logger.info("the private mongod has another port than before", metadata: ["port": "\(port)"])
        let version = configuration["version"]?.int64 ?? 1
        configuration["version"] = .int64(version + 1)
        configuration["members"] = [.document(member)]
        // By force, because nobody is primary while the set's only member is not found in its configuration.
        _ = try await admin.run(["replSetReconfig": .document(configuration), "force": true])
    }

    private func initiate(_ admin: MongoDatabase) async throws(MongoError) {
        logger.info("initiating the private mongod's replica set")
        let members: BSONValue = [["_id": 0, "host": .string(host)]]
        do throws(MongoError) {
            _ = try await admin.run(["replSetInitiate": ["_id": .string(Self.name), "members": members]])
        } catch {
            // It was still reading its configuration when we asked for it.
            guard error.serverCode == Self.alreadyInitialized else { throw error }
        }
    }

    /// Each `hello` is answered when something about the node changes, or after `maxAwaitTimeMS`.
    private func awaitPrimary(_ admin: MongoDatabase) async throws(MongoError) {
        var hello = try await admin.run(["hello": 1])
        while hello["isWritablePrimary"] != .bool(true), !Task.isCancelled {
            guard let version = hello["topologyVersion"] else { return }
            hello = try await admin.run(["hello": 1, "topologyVersion": version, "maxAwaitTimeMS": 1000])
        }
    }
}

extension MongoError {
    /// Whether the same call may succeed when the mongod has come further.
    fileprivate var isTransient: Bool { code == .unavailable || code == .timedOut }
}
