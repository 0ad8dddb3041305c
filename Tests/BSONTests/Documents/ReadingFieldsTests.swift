import BSON
import Testing

@Suite("Reading the fields of a known shape")
struct ReadingFieldsTests {
    private let id = ObjectID(Array(1...12))
    private var document: BSONDocument {
        [
            "string": "x", "bool": true, "int32": .int32(-3), "int64": .int64(.max), "whole": 12.0, "half": 0.5,
            "huge": 1e19, "nan": .double(.nan), "date": .date(milliseconds: -1),
            "binary": .binary(subtype: 5, bytes: [1]),
            "id": id.map { .objectID($0) } ?? .null, "document": ["a": 1], "array": ["a", "b"],
            "documents": [["a": 1], [:]], "mixed": ["a", 1], "null": .null,
        ]
    }

    @Test("Each type has its reader")
    func types() throws {
        let document = document
        #expect(try document.string("string") == "x")
        #expect(try document.bool("bool"))
        #expect(try document.int64("int32") == -3)
        #expect(try document.int64("int64") == .max)
        #expect(try document.int64("whole") == 12)
        #expect(try document.double("half") == 0.5)
        #expect(try document.double("int32") == -3)
        #expect(try document.milliseconds("date") == -1)
        #expect(try document.binary("binary") == [1])
        #expect(try document.objectID("id") == id)
        #expect(try document.document("document") == ["a": 1])
        #expect(try document.array("array") == ["a", "b"])
        #expect(try document.strings("array") == ["a", "b"])
        #expect(try document.documents("documents") == [["a": 1], [:]])
    }

    @Test("A number that is not whole is no int64", arguments: ["half", "huge", "nan", "string", "date"])
    func notWhole(key: String) {
        let error = #expect(throws: BSONError.self) { try document.int64(key) }
        #expect(error?.code == .typeMismatch)
    }

    @Test(
        "Doubles at the edges of 64 bits",
        arguments: [
            (-0x1p63, Int64.min), (0x1p63, nil), (-0x1.0000000000001p63, nil),
            (0x1.fffffffffffffp62, 9_223_372_036_854_774_784),
            (-0.0, 0), (.infinity, nil), (-.infinity, nil), (.leastNonzeroMagnitude, nil), (-1.5, nil),
        ] as [(Double, Int64?)]
    )
    func edges(value: Double, expected: Int64?) throws {
        #expect(BSONValue.double(value).int64 == expected)
        let document: BSONDocument = ["a": .double(value)]
        let read = document.withUnsafeBytes { bytes -> Int64? in
            guard var reader = try? BSONReader(bytes), let element = try? reader.next() else { return nil }
            return try? element.int64()
        }
        #expect(read == expected)
    }

    @Test("What is missing is named")
    func missing() {
        let error = #expect(throws: BSONError.self) { try document.string("nobody") }
        #expect(error?.code == .missingField)
        #expect(error?.message == "The field \"nobody\" is missing.")
    }

    @Test("What is of another type is named with both types")
    func mismatch() {
        let error = #expect(throws: BSONError.self) { try document.string("bool") }
        #expect(error?.message == "The field \"bool\" should be of type string but is of type bool.")
        let element = #expect(throws: BSONError.self) { try document.strings("mixed") }
        #expect(element?.message == "The field \"mixed.1\" should be of type string but is of type int64.")
        let null = #expect(throws: BSONError.self) { try document.string("null") }
        #expect(null?.code == .typeMismatch)
    }

    @Test("Optional fields are nil when they are missing or null, and still may not be of another type")
    func optional() throws {
        let document = document
        for key in ["nobody", "null"] {
            #expect(try document.optional.string(key) == nil)
            #expect(try document.optional.bool(key) == nil)
            #expect(try document.optional.int64(key) == nil)
            #expect(try document.optional.double(key) == nil)
            #expect(try document.optional.milliseconds(key) == nil)
            #expect(try document.optional.binary(key) == nil)
            #expect(try document.optional.objectID(key) == nil)
            #expect(try document.optional.document(key) == nil)
            #expect(try document.optional.array(key) == nil)
            #expect(try document.optional.strings(key) == nil)
            #expect(try document.optional.documents(key) == nil)
        }
        #expect(try document.optional.string("string") == "x")
        #expect(try document.optional.bool("bool") == true)
        #expect(try document.optional.int64("int32") == -3)
        #expect(try document.optional.double("half") == 0.5)
        #expect(try document.optional.milliseconds("date") == -1)
        #expect(try document.optional.binary("binary") == [1])
        #expect(try document.optional.objectID("id") == id)
        #expect(try document.optional.document("document") == ["a": 1])
        #expect(try document.optional.array("array") == ["a", "b"])
        #expect(try document.optional.strings("array") == ["a", "b"])
        #expect(try document.optional.documents("documents") == [["a": 1], [:]])
        #expect(throws: BSONError.self) { try document.optional.string("bool") }
    }
}
