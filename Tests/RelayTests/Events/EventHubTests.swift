import API
import BSON
import Directory
import NIOCore
import Synchronization
import Testing

@testable import Relay

@Suite(.timeLimit(.minutes(1)))
struct `Members who follow events` {
    private static let key = APIKey(
        id: "key_1",
        kind: .member,
        company: "example.com",
        owner: "mem_Hana",
        last4: "abcd",
        createdAt: Sample.created
    )
    private let hub = EventHub(node: 7)

    private func open(
        _ member: SnapshotMember = Sample.member,
        after last: String? = nil,
        onSlow: @escaping @Sendable () -> Void = {}
    ) throws -> EventStream {
        try hub.open(for: member, key: Self.key, after: last, onSlow: onSlow)
    }

    /// The names and ids of so many events.
    private func take(_ count: Int, of stream: EventStream) async -> [(name: String, id: EventID)] {
        var taken: [(String, EventID)] = []
        guard count > 0 else { return [] }
        for await item in stream.items {
            if case .event(let id, let event) = item { taken.append((event.name, id)) }
            if taken.count == count { break }
        }
        return taken
    }

    @Test
    func `all see the same in the same order, and nobody else's`() async throws {
        let (tab, phone) = (try open(), try open())
        let other = try open(Sample.colleague)
        hub.publish(.message(Sample.message()), to: Sample.member.resourceID)
        hub.publish(.bots(["bot_Rooms"]), to: "example.com")
        hub.publish(.bots([]), to: "example.org")
        let (first, second) = (await take(2, of: tab), await take(2, of: phone))
        #expect(first.map(\.name) == ["message", "bots"])
        #expect(first.map(\.id) == second.map(\.id))
        #expect(await take(1, of: other).map(\.name) == ["bots"])
    }

    @Test
    func `come back to what they missed`() async throws {
        let before = try open()
        hub.publish(.message(Sample.message()), to: Sample.member.resourceID)
        let last = try #require(await take(1, of: before).first)
        hub.close(before)
        hub.publish(.bots([]), to: "example.com")
        hub.publish(.message(Sample.message()), to: Sample.member.resourceID)
        let after = try open(after: "\(last.id)")
        hub.publish(.bots([]), to: "example.com")
        #expect(await take(3, of: after).map(\.name) == ["bots", "message", "bots"])
    }

    @Test(arguments: ["evt_00000008-1", "evt_00000007-0", "nonsense"])
    func `are told to read anew when what they missed is not here`(last: String) async throws {
        let stream = try open(after: last)
        let reset = try #require(await take(1, of: stream).first)
        #expect(reset.name == "reset")
        hub.close(stream)
        // From there on they can come back.
        let again = try open(after: "\(reset.id)")
        hub.publish(.bots([]), to: "example.com")
        #expect(await take(1, of: again).map(\.name) == ["bots"])
    }

    @Test
    func `are cut off when they do not read`() async throws {
        let wasSlow = Mutex(false)
        let stream = try open { wasSlow.withLock { $0 = true } }
        for _ in 0...EventStream.maximumUnread { hub.publish(.bots([]), to: "example.com") }
        #expect(wasSlow.withLock { $0 })
        #expect(await take(.max, of: stream).count == EventStream.maximumUnread)
    }

    @Test
    func `are cut off when they leave too much unread, however few events that is`() async throws {
        let wasSlow = Mutex(false)
        let stream = try open { wasSlow.withLock { $0 = true } }
        let large = Sample.message(reply: ["text": .string(String(repeating: "가", count: 300_000))])
        for _ in 0..<3 {
            hub.publish(.message(large), to: Sample.member.resourceID)
            for await item in stream.items {
                stream.took(item)
                break
            }
        }
        #expect(!wasSlow.withLock { $0 })
        for _ in 0..<5 { hub.publish(.message(large), to: Sample.member.resourceID) }
        #expect(wasSlow.withLock { $0 })
    }

    @Test
    func `are cut off when their key is revoked, they are deleted, or their company is`() async throws {
        var (revoked, deleted) = (SnapshotChanges(), SnapshotChanges())
        revoked.revokedKeys = ["key_1"]
        deleted.deletedMembers = [Sample.member.resourceID]
        for changes in [revoked, deleted] {
            let stream = try open()
            hub.end(changes)
            #expect(await take(.max, of: stream).isEmpty)
        }
        var changes = SnapshotChanges()
        changes.deletedCompanies = ["example.com"]
        let stream = try open()
        hub.end(changes)
        #expect(await take(.max, of: stream).isEmpty)
    }

    @Test
    func `come back to where they began when nothing came before they were cut off`() async throws {
        let stream = try open()
        hub.close(stream)
        hub.publish(.bots([]), to: "example.com")
        #expect(await take(1, of: try open(after: "\(stream.begin)")).map(\.name) == ["bots"])
    }

    @Test
    func `are cut off, too, when their key was revoked as they opened the stream`() async throws {
        var changes = SnapshotChanges()
        changes.revokedKeys = ["key_1"]
        hub.end(changes)
        #expect(await take(.max, of: try open()).isEmpty)
    }

    @Test
    func `lose their oldest stream when they open too many, and all when the server stops`() async throws {
        let streams = try (0...EventHub.maximumStreams).map { _ in try open() }
        #expect(await take(.max, of: streams[0]).isEmpty)
        hub.publish(.bots([]), to: "example.com")
        #expect(await take(1, of: streams[1]).count == 1)
        hub.close()
        #expect(await take(.max, of: streams[1]).isEmpty)
        #expect(throws: Problem(.shuttingDown, retryAfterSeconds: 1)) { _ = try open(Sample.colleague) }
    }

    @Test
    func `are forgotten some time after the last stream ended`() async throws {
        let stream = try open()
        hub.publish(.bots([]), to: "example.com")
        let last = try #require(await take(1, of: stream).first)
        hub.close(stream)
        hub.beat(now: .now() + EventFeed.maximumAge + .seconds(1))
        #expect(hub.companies.isEmpty)
        // What happened meanwhile was noted nowhere, whether it was something or nothing.
        #expect(await take(1, of: try open(after: "\(last.id)")).map(\.name) == ["reset"])
    }
}
