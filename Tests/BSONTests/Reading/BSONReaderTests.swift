import BSON
import Testing

@Suite("BSONReader walks over memory that it is lent")
struct BSONReaderTests {
    private let document: BSONDocument = [
        "name": "회의실", "digest": .binary(bytes: [1, 2, 3]), "old": .binary(subtype: 2, bytes: [4]), "flag": true,
        "small": .int32(-7), "big": .int64(.max), "whole": 12.0, "at": .date(milliseconds: 5), "nothing": .null,
        "inner": ["x": 1], "list": ["y"], "half": 0.5,
    ]

    @Test("Keys are matched by literals without making strings")
    func matching() throws {
        var seen: [String] = []
        try document.withUnsafeBytes { bytes in
            var reader = try BSONReader(bytes)
            while let element = try reader.next() {
                switch element.key {
                case "name": seen.append(try element.string())
                case "nam", "names", "": Issue.record("a key matched only in part")
                case "digest": seen.append("\(Array(try element.binary()))")
                case "old": seen.append("\(Array(try element.binary()))")
                case "flag": seen.append("\(try element.bool())")
                case "small", "big", "whole": seen.append("\(try element.int64())")
                case "at": seen.append("\(try element.milliseconds())")
                case "inner", "list":
                    var inner = try element.reader()
                    while let element = try inner.next() { seen.append(element.key.string) }
                default: seen.append("\(element.key.string): \(element.type)")
                }
            }
        }
        #expect(
            seen == [
                "회의실", "[1, 2, 3]", "[4]", "true", "-7", "9223372036854775807", "12", "5", "nothing: null", "x", "0",
                "half: double",
            ]
        )
    }

    @Test("A field of another type is a mismatch that names the field")
    func mismatch() throws {
        try document.withUnsafeBytes { bytes in
            var reader = try BSONReader(bytes)
            while let element = try reader.next() {
                let reads: [(Set<BSONType>, () throws -> Void)] = [
                    ([.string], { _ = try element.string() }), ([.bool], { _ = try element.bool() }),
                    ([.int32, .int64], { _ = try element.int64() }), ([.date], { _ = try element.milliseconds() }),
                    ([.binary], { _ = try element.binary() }), ([.objectID], { _ = try element.objectID() }),
                    ([.document, .array], { _ = try element.reader() }),
                ]
                for (types, read) in reads where !types.contains(element.type) && element.key.string != "whole" {
                    let error = #expect(throws: BSONError.self, performing: read)
                    #expect(error?.code == .typeMismatch)
                    #expect(error?.message.contains("\"\(element.key.string)\"") == true)
                }
            }
        }
    }

    @Test("An element yields the value that the document has", arguments: Vectors.Sound.all)
    func values(_ vector: Vectors.Sound) throws {
        let document = try BSONDocument(validating: vector.bytes)
        var read: [BSONValue] = []
        try vector.bytes.withUnsafeBytes { bytes in
            var reader = try BSONReader(bytes)
            while let element = try reader.next() { read.append(try element.value()) }
        }
        #expect(read == document.map(\.value))
    }

    @Test(
        "Corrupt bytes that nobody validated make an error at the latest when the value is read",
        arguments: Vectors.Corrupt.all
    )
    func unvalidated(_ vector: Vectors.Corrupt) {
        // Names are compared by bytes and need not be UTF-8; the depth counts from the element.
        guard vector.name != "name: not UTF-8", vector.code != "tooDeep" else { return }
        #expect(throws: BSONError.self) {
            try vector.bytes.withUnsafeBytes { bytes in
                var reader = try BSONReader(bytes)
                while let element = try reader.next() { _ = try element.value() }
            }
        }
    }
}
