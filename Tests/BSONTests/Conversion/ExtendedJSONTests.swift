import BSON
import Testing

@Suite("Stored values as JSON")
struct ExtendedJSONTests {
    @Test("Every type has its form in relaxed Extended JSON", arguments: Vectors.Sound.all)
    func form(_ vector: Vectors.Sound) throws {
        let document = try BSONDocument(validating: vector.bytes)
        #expect(JSON.object(JSON.Object(document)).text == vector.json)
    }

    @Test("What is written is valid JSON", arguments: Vectors.Sound.all)
    func validity(_ vector: Vectors.Sound) throws {
        let document = try BSONDocument(validating: vector.bytes)
        #expect(throws: Never.self) { try JSON(parsing: vector.json, maximumDepth: 100) }
        #expect(JSON(.document(document)) == .object(JSON.Object(document)))
    }
}
