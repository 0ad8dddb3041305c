import Testing

@testable import Relay

@Suite
struct `Message ids` {
    struct Parts: Sendable, CustomTestStringConvertible {
        let milliseconds: Int64
        let node: UInt32
        let loop: UInt8
        let number: UInt64
        let text: String

        var testDescription: String { text }
        var id: MessageID { MessageID(milliseconds: milliseconds, node: node, loop: loop, number: number) }
    }

    static let written = [
        Parts(milliseconds: 0, node: 0, loop: 0, number: 0, text: "msg_00000000000000000000000000"),
        Parts(milliseconds: 0, node: 0, loop: 0, number: 33, text: "msg_00000000000000000000000011"),
        Parts(milliseconds: 1, node: 0, loop: 0, number: 0, text: "msg_00000000010000000000000000"),
        Parts(milliseconds: 0, node: 1, loop: 0, number: 0, text: "msg_00000000000000008000000000"),
        Parts(milliseconds: 0, node: 0, loop: 1, number: 0, text: "msg_00000000000000000100000000"),
        Parts(
            milliseconds: 0xFFFF_FFFF_FFFF,
            node: .max,
            loop: .max,
            number: 0xFF_FFFF_FFFF,
            text: "msg_7zzzzzzzzzzzzzzzzzzzzzzzzz"
        ),
    ]

    @Test(arguments: written)
    func `are written as 26 digits behind their prefix, and read back`(parts: Parts) {
        #expect(parts.id.description == parts.text)
        #expect(MessageID(parts.text) == parts.id)
    }

    @Test(arguments: written)
    func `tell their node and event loop`(parts: Parts) {
        #expect(parts.id.node == parts.node)
        #expect(parts.id.loop == Int(parts.loop))
    }

    @Test
    func `keep the number within its bits, so that it never changes node or loop`() {
        let id = MessageID(milliseconds: 1, node: 2, loop: 3, number: 1 << 40 | 5)
        #expect(id == MessageID(milliseconds: 1, node: 2, loop: 3, number: 5))
    }

    @Test
    func `sort by time, as values and as texts`() {
        var generator = SeededGenerator(seed: 1)
        let ids = (0..<2000)
            .map { _ in
                MessageID(
                    // Few different times, so that the lower parts decide often.
                    milliseconds: 1_795_593_600_000 + .random(in: 0...20, using: &generator),
                    node: .random(in: .min ... .max, using: &generator),
                    loop: .random(in: .min ... .max, using: &generator),
                    number: .random(in: 0...0xFF_FFFF_FFFF, using: &generator)
                )
            }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
        let early = MessageID(milliseconds: 5, node: .max, loop: .max, number: 0xFF_FFFF_FFFF)
        #expect(early < MessageID(milliseconds: 6, node: 0, loop: 0, number: 0))
    }

    @Test(arguments: [
        "", "msg_", "msg", "0000000000000000000000000A", "msg_0000000000000000000000000",
        "msg_000000000000000000000000000", "msg_80000000000000000000000000", "msg_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        "msg_0000000000000000000000000A", "msg_0000000000000000000000000i", "msg_0000000000000000000000000l",
        "msg_0000000000000000000000000o", "msg_0000000000000000000000000u", "msg_0000000000000000000000000-",
        "msg_0000000000000000000000000 ", " msg_00000000000000000000000000", "MSG_00000000000000000000000000",
        "bot_00000000000000000000000000", "msg_000000000000000000000000é", "msg_0000000000000000000000000\u{0}",
    ])
    func `are not read from anything else`(text: String) {
        #expect(MessageID(text) == nil)
    }

    @Test
    func `of one source grow, also when the clock stands still or is set back`() {
        var source = MessageIDSource(node: 9, loop: 3)
        let ids = [100, 100, 99, 0, 101, 50].map { source.next(milliseconds: $0) }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ids.allSatisfy { $0.node == 9 && $0.loop == 3 })
    }

    @Test
    func `of different nodes, loops or numbers at one moment differ`() {
        var sources = [(1, 0), (1, 1), (2, 0), (2, 1)].map { MessageIDSource(node: $0, loop: $1) }
        let ids = sources.indices.flatMap { index in (0..<10).map { _ in sources[index].next(milliseconds: 1) } }
        #expect(Set(ids).count == 40)
        #expect(Set(ids.map(\.description)).count == 40)
    }
}
