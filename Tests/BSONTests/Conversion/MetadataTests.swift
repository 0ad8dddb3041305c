import BSON
import Testing

@Suite("JSON stored as BSON")
struct MetadataTests {
    @Test("JSON comes back from BSON as it was, integers as integers", arguments: 0..<8)
    func roundTrip(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<300 {
            let value = JSON.random(depth: 5, using: &random)
            let document: BSONDocument = ["metadata": try BSONValue(value)]
            let stored = try BSONDocument(validating: document.bytes)
            #expect(stored["metadata"].map { JSON($0).bytes } == value.bytes)
        }
    }

    @Test("Numbers keep their type")
    func numbers() throws {
        let document = try BSONDocument(["a": 1, "b": 1.0, "c": .integer(.max), "d": .number(1e300)])
        #expect(document.map(\.value) == [.int64(1), .double(1), .int64(.max), .double(1e300)])
    }

    @Test("Objects that look like Extended JSON stay what they are")
    func lookAlike() throws {
        let object: JSON.Object = ["id": ["$oid": "56e1fc72e0c917e9c4714161"], "at": ["$date": "1970-01-01T00:00:00Z"]]
        let document = try BSONDocument(object)
        #expect(document["id"] == ["$oid": "56e1fc72e0c917e9c4714161"])
        #expect(JSON.Object(document) == object)
    }

    @Test("A NUL in a name is an error, in a string it is not", arguments: ["\0", "a\0b"])
    func nulInName(name: String) throws {
        for object: JSON.Object in [[name: 1], ["outer": [[name: .null]]]] {
            let error = #expect(throws: BSONError.self) { try BSONDocument(object) }
            #expect(error?.code == .nameContainsNUL)
        }
        #expect(try BSONDocument(["a": .string(name)])["a"] == .string(name))
    }

    @Test("Nesting is bounded as in documents from outside")
    func depth() throws {
        func nested(_ levels: Int, _ wrap: (JSON) -> JSON) -> JSON {
            (0..<levels).reduce(.integer(1)) { value, _ in wrap(value) }
        }
        for wrap: (JSON) -> JSON in [{ ["a": $0] }, { [$0] }] {
            let deepest: BSONDocument = ["metadata": try BSONValue(nested(99, wrap))]
            #expect(throws: Never.self) { try BSONDocument(validating: deepest.bytes) }
            let error = #expect(throws: BSONError.self) { try BSONValue(nested(100, wrap)) }
            #expect(error?.code == .tooDeep)
        }
    }
}
