import BSON
import Testing

@Suite("Documents round-trip")
struct RoundTripTests {
    @Test("A document made anew from its values has the same bytes", arguments: Vectors.Sound.all)
    func rebuilding(_ vector: Vectors.Sound) throws {
        let document = try BSONDocument(validating: vector.bytes)
        #expect(document.bytes == vector.bytes)
        #expect(rebuilt(document).bytes == vector.bytes)
    }

    @Test("Every type is among the vectors")
    func coverage() throws {
        var types: Set<BSONType> = []
        for vector in Vectors.Sound.all {
            for (_, value) in try BSONDocument(validating: vector.bytes) {
                types.insert(value.type)
            }
        }
        #expect(types == Set(BSONType.allCases))
    }

    @Test("A value keeps its bytes when it moves to another document", arguments: Vectors.Sound.all)
    func moving(_ vector: Vectors.Sound) throws {
        let document = try BSONDocument(validating: vector.bytes)
        let wrapped: BSONDocument = ["before": 1, "it": .document(document), "after": "x"]
        #expect(wrapped["it"]?.document?.bytes == vector.bytes)
    }

    @Test("Values are equal when their bytes are, and hash alike", arguments: Vectors.Sound.all)
    func equality(_ vector: Vectors.Sound) throws {
        let first = try BSONDocument(validating: vector.bytes)
        let second = rebuilt(first)
        for (left, right) in zip(first, second) {
            #expect(left.value == right.value)
            #expect(left.value.hashValue == right.value.hashValue)
        }
    }

    @Test("Memory lent by the caller is copied")
    func lentMemory() throws {
        let original: BSONDocument = ["a": "b"]
        var bytes = original.bytes
        let document = try bytes.withUnsafeBytes { try BSONDocument(validating: $0) }
        bytes[4] = 0xAA
        #expect(document["a"] == "b")
    }
}
