import BSON
import Testing

@Suite("Fields that nobody knows survive an update")
struct UnknownFieldsTests {
    @Test("Updating a known field leaves every other byte as it was", arguments: Vectors.Sound.all)
    func update(_ vector: Vectors.Sound) throws {
        let foreign = try BSONDocument(validating: vector.bytes)
        var stored: BSONDocument = ["_id": "bot_1", "name": "before"]
        stored.append("foreign", .document(foreign))
        stored.append(contentsOf: foreign)
        stored.append("description", "x")

        stored["name"] = "a name of another length"
        stored["description"] = nil

        var expected: BSONDocument = ["_id": "bot_1", "name": "a name of another length"]
        expected.append("foreign", .document(foreign))
        expected.append(contentsOf: foreign)
        #expect(stored.bytes == expected.bytes)
    }

    @Test("Taking out the known fields leaves the unknown ones byte for byte", arguments: Vectors.Sound.all)
    func removing(_ vector: Vectors.Sound) throws {
        let foreign = try BSONDocument(validating: vector.bytes)
        var stored: BSONDocument = ["_id": "bot_1", "name": "x"]
        stored.append(contentsOf: foreign)
        stored.append("_id", "again")
        #expect(stored.removing(["_id", "name", "missing"]).bytes == foreign.bytes)
        #expect(stored.removing([]).bytes == stored.bytes)
        #expect(stored.removing(Set(stored.keys)).bytes == BSONDocument().bytes)
    }
}
