import BSON
import Testing

@Suite("Building documents")
struct BSONDocumentTests {
    @Test("An empty document has five bytes")
    func empty() {
        let document = BSONDocument()
        #expect(document.bytes == [5, 0, 0, 0, 0])
        #expect(document.isEmpty)
        #expect(document.count == 0)
        #expect(document == [:])
        #expect(document["a"] == nil)
    }

    @Test("Fields are written in their order")
    func order() {
        var document: BSONDocument = ["b": true, "a": .int32(1)]
        document.append("c", "x")
        #expect(document.bytes == [UInt8](hex: "19000000086200011061000100000002630002000000780000"))
        #expect(document.keys == ["b", "a", "c"])
        #expect(document.count == 3)
    }

    @Test(
        "Setting a field replaces it where it stands, whatever the sizes",
        arguments: ["", "short", "a much longer one"]
    )
    func replacing(text: String) throws {
        var document: BSONDocument = ["first": 1, "it": "short", "last": ["x": 2]]
        document["it"] = .string(text)
        #expect(document == ["first": 1, "it": .string(text), "last": ["x": 2]])
        document["it"] = .null
        #expect(document == ["first": 1, "it": .null, "last": ["x": 2]])
        #expect(try BSONDocument(validating: document.bytes) == document)
    }

    @Test("Setting a new field appends it, nil removes every field of that name")
    func settingAndRemoving() throws {
        var document: BSONDocument = ["a": 1]
        document["b"] = 2
        document.append("a", 3)
        #expect(document == ["a": 1, "b": 2, "a": 3])
        #expect(document["a"] == 1)
        document["a"] = nil
        document["missing"] = nil
        #expect(document == ["b": 2])
        document["b"] = nil
        #expect(document == [:])
        #expect(try BSONDocument(validating: document.bytes) == document)
    }

    @Test("Names match as a whole and by their bytes")
    func names() {
        let document: BSONDocument = ["ab": 1, "회": 2]
        #expect(document["a"] == nil)
        #expect(document["abc"] == nil)
        #expect(document["회"] == 2)
        #expect(document["\u{1112}\u{116C}"] == nil)
    }

    @Test("The empty name is a name")
    func emptyName() {
        var document: BSONDocument = ["": 1]
        #expect(document[""] == 1)
        document[""] = nil
        #expect(document.isEmpty)
    }

    @Test("A NUL that would end a name early is a mistake of the program")
    func nulInName() async {
        await #expect(processExitsWith: .failure) {
            var document = BSONDocument()
            document.append("admin\0", true)
        }
        await #expect(processExitsWith: .failure) {
            let document: BSONDocument = ["a": .regularExpression(pattern: "x\0", options: "")]
            _ = document
        }
    }

    @Test("Arrays count their names from zero")
    func arrays() {
        let document: BSONDocument = ["list": ["x", 1, [true]]]
        let list = document["list"]?.array
        #expect(list?.document.keys == ["0", "1", "2"])
        #expect(list.map(Array.init) == ["x", 1, [true]])
        #expect(list?.count == 3)
        #expect(BSONArray().isEmpty)
        #expect(BSONArray((0..<12).map { .int32($0) }).document.keys.last == "11")
    }

    @Test("Random changes leave the document that a plain list of fields would be", arguments: 0..<6)
    func againstModel(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var document = BSONDocument()
        var model: [(key: String, value: BSONValue)] = []
        for _ in 0..<300 {
            let key = ["a", "ab", "b", "", "회", "_id"].randomElement(using: &random) ?? ""
            let value = try BSONValue(.random(depth: 2, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                document.append(key, value)
                model.append((key, value))
            case 1:
                document[key] = nil
                model.removeAll { $0.key == key }
            default:
                document[key] = value
                if let position = model.firstIndex(where: { $0.key == key }) {
                    model[position].value = value
                } else {
                    model.append((key, value))
                }
            }
            #expect(try BSONDocument(validating: document.bytes) == document)
            #expect(document == BSONDocument(model.map { ($0.key, $0.value) }))
        }
    }
}
