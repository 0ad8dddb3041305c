import Testing

@testable import Directory

@Suite("Ids in sixteen bytes")
struct ResourceIDTests {
    @Test(
        "come back as they were",
        arguments: [
            "bot_0", "bot_00000000000000000000", "mem_zzzzzzzzzzzzzzzzzzzz", "key_aB3dE5gH7jK9mN1pQ3sT", "demo_room",
            "x",
            "bot_0000000000", "bot_00000000001", "_", "bot__a", "bot_", "bo_1", "botx1",
        ]
    )
    func roundTrip(text: String) throws {
        let id = try #require(ResourceID(text))
        #expect(id.text == text)
        #expect(id.withUTF8 { String(decoding: $0, as: UTF8.self) } == text)
    }

    @Test(
        "refuse what is no id",
        arguments: ["", "bot_000000000000000000000", "bot_a-b", "예약", "bot a", "a\0", "000000000000000000000"]
    )
    func refused(text: String) {
        #expect(ResourceID(text) == nil)
    }

    @Test("differ when their texts do")
    func distinct() throws {
        let texts = ["bot_1", "mem_1", "key_1", "1", "bot_10", "bot_01", "bot_1_", "bot_0000000000", "bot_000000000"]
        #expect(Set(texts.compactMap { ResourceID($0) }).count == texts.count)
    }

    @Test("are random, 20 characters long and begin with their prefix", arguments: ResourceID.Prefix.allCases)
    func random(prefix: ResourceID.Prefix) {
        let ids = Set((0..<1000).map { _ in ResourceID.random(prefix) })
        #expect(ids.count == 1000)
        for id in ids {
            #expect(id.prefix == prefix)
            #expect(id.text.count == (prefix == .none ? 20 : 24))
            #expect(ResourceID(id.text) == id)
        }
    }
}
