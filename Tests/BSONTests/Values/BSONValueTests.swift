import BSON
import Testing

@Suite("Values")
struct BSONValueTests {
    @Test("Literals have the type that they look like")
    func literals() {
        let room = "A"
        let values: [BSONValue] = ["x", "room \(room)", 1, 1.5, true, ["y"], ["k": 2]]
        #expect(values.map(\.type) == [.string, .string, .int64, .double, .bool, .array, .document])
        #expect(values[1].string == "room A")
    }

    @Test("Equality is that of the bytes")
    func equality() {
        #expect(BSONValue.double(.nan) == .double(.nan))
        #expect(BSONValue.double(0.0) != .double(-0.0))
        #expect(BSONValue.int32(1) != .int64(1))
        #expect(BSONValue.string("회") != .string("\u{1112}\u{116C}"))
        #expect(BSONValue.string("a") != .symbol("a"))
        #expect(BSONValue.null != .undefined)
        #expect(BSONValue.timestamp(1) != .date(milliseconds: 1))
    }

    @Test("The payload of a NaN survives")
    func nanPayload() throws {
        let bits: UInt64 = 0xFFF8_0000_0000_0012
        let document: BSONDocument = ["a": .double(Double(bitPattern: bits))]
        #expect(try document.double("a").bitPattern == bits)
    }

    @Test("Documents, arrays and JSON print as JSON")
    func descriptions() {
        let document: BSONDocument = ["room": "A", "list": [1, 2.0]]
        #expect("\(document)" == #"{"room":"A","list":[1,2.0]}"#)
        #expect("\(BSONArray([1, true]))" == "[1,true]")
        #expect("\(JSON.Object(document)["list"] ?? .null)" == "[1,2.0]")
    }

    @Test("Views are nil for other types")
    func views() {
        let value: BSONValue = .symbol("x")
        #expect(value.string == nil)
        #expect(value.bool == nil)
        #expect(value.int64 == nil)
        #expect(value.double == nil)
        #expect(value.milliseconds == nil)
        #expect(value.binary == nil)
        #expect(value.objectID == nil)
        #expect(value.document == nil)
        #expect(value.array == nil)
    }
}

@Suite("Object ids")
struct ObjectIDTests {
    @Test("Digits of either case are read, and written in lower case")
    func hexadecimal() throws {
        let id = try #require(ObjectID(hex: "56E1fc72e0c917e9c4714161"))
        #expect(id.description == "56e1fc72e0c917e9c4714161")
        #expect(id.bytes == [UInt8](hex: "56e1fc72e0c917e9c4714161"))
        #expect(ObjectID(id.bytes) == id)
    }

    @Test(
        "Anything but 24 digits is refused",
        arguments: [
            "", "5", "56e1fc72e0c917e9c471416", "56e1fc72e0c917e9c47141611", "56e1fc72e0c917e9c471416g",
            "56e1fc72e0c917e9c471416 ", " 56e1fc72e0c917e9c4714161", "56e1fc72e0c917e9c47141é",
        ]
    )
    func refusal(text: String) {
        #expect(ObjectID(hex: text) == nil)
    }

    @Test("Anything but twelve bytes is refused", arguments: [0, 11, 13])
    func wrongCount(count: Int) {
        #expect(ObjectID([UInt8](repeating: 0, count: count)) == nil)
    }
}
