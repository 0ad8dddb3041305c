import API
import BSON
import Directory
import Mongo
import MongodSupport
import Testing

@testable import Relay

/// A history whose MongoDB is killed under it.
@Suite(.timeLimit(.minutes(2)))
struct `A history without MongoDB` {
    private func isUnavailable(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return false
        } catch {
            return (error as? Problem)?.code == .storageUnavailable
        }
    }

    @Test
    func `says so within its time limit, then at once, and writes everything when MongoDB is back`() async throws {
        let mongod = try await TestMongod.start()
        try await withHistory(on: mongod) { history in
            history.history.write([Sample.message(Sample.id(1))])
            try await history.history.flush()
            await mongod.kill()

            let start = ContinuousClock.now
            history.history.write([Sample.message(Sample.id(2))])
            #expect(await isUnavailable { try await history.history.flush() })
            #expect(ContinuousClock.now - start < .seconds(5))
            #expect(await isUnavailable { _ = try await history.history.message(Sample.id(1)) })
            let again = ContinuousClock.now
            history.history.write([Sample.message(Sample.id(3))])
            #expect(await isUnavailable { try await history.history.flush() })
            #expect(ContinuousClock.now - again < .seconds(1))

            try await mongod.restart()
            history.history.write([Sample.message(Sample.id(4))])
            // It tries again every second.
            while await isUnavailable({ try await history.history.flush() }) {
                try await Task.sleep(for: .milliseconds(50))
            }
            // The first was acknowledged before MongoDB had it on disk, so the kill may have taken it.
            #expect(try await history.storedIDs().suffix(3) == (2...4).map { Sample.id($0).description })
            #expect(try history.dropped == 0)
        }
        await mongod.stop()
    }

    @Test
    func `stops without it, and counts what is lost`() async throws {
        let mongod = try await TestMongod.start()
        try await withDatabase(on: mongod) { database in
            let (harnesses, found) = AsyncStream.makeStream(of: HistoryHarness.self)
            await mongod.kill()
            let start = ContinuousClock.now
            try await withHistory(in: database) { history in
                history.history.write((1...5).map { Sample.message(Sample.id($0)) })
                found.yield(history)
            }
            #expect(ContinuousClock.now - start < .seconds(10))
            for await history in harnesses {
                #expect(try history.dropped == 5)
                break
            }
        }
        await mongod.stop()
    }
}
