import BSON
import Testing

@Suite("Corrupt documents are refused")
struct CorruptDocumentTests {
    @Test("Each kind of damage has its error", arguments: Vectors.Corrupt.all)
    func refusal(_ vector: Vectors.Corrupt) {
        let error = #expect(throws: BSONError.self) { try BSONDocument(validating: vector.bytes) }
        #expect(error?.code.description == vector.code)
        #expect((error?.offset ?? -1) >= 0)
        #expect((error?.offset ?? .max) <= vector.bytes.count)
        #expect(error?.message.hasSuffix(".") == true)
    }

    @Test("Each kind of damage is found inside of a document and an array", arguments: Vectors.Corrupt.all)
    func nestedRefusal(_ vector: Vectors.Corrupt) {
        for type: UInt8 in [0x03, 0x04] {
            var bytes: [UInt8] = [0, 0, 0, 0, type, 0x61, 0] + vector.bytes + [0]
            repairLength(&bytes)
            #expect(throws: BSONError.self) { try BSONDocument(validating: bytes) }
        }
    }

    @Test("The place of the damage is counted from the start of the outermost document")
    func offset() {
        let document: BSONDocument = ["a": ["b": [true]]]
        var bytes = document.bytes
        // 4 bytes of length, 3 of type and name, twice; 4 more of length and 3 of type and name before the bool.
        bytes[21] = 2
        let error = #expect(throws: BSONError.self) { try BSONDocument(validating: bytes) }
        #expect(error?.code == .invalidBool)
        #expect(error?.offset == 21)
        #expect(error?.message == "This is not a BSON document: at byte 21, a bool is 2 instead of 0 or 1.")
    }

    @Test("No prefix of a document is a document", arguments: Vectors.Sound.all)
    func prefixes(_ vector: Vectors.Sound) {
        for count in 0..<vector.bytes.count {
            var bytes = Array(vector.bytes.prefix(count))
            #expect(throws: BSONError.self) { try BSONDocument(validating: bytes) }
            // Cut short, but with a length that is true again: whatever comes out, it must not be taken for the whole.
            repairLength(&bytes)
            if let document = try? BSONDocument(validating: bytes) {
                #expect(rebuilt(document).bytes == bytes)
            }
        }
    }

    @Test("Twenty thousand levels are refused without using up the stack")
    func veryDeep() {
        var bytes: [UInt8] = []
        let levels = 20_000
        for level in 0..<levels {
            withUnsafeBytes(of: Int32(5 + 8 * (levels - 1 - level)).littleEndian) { bytes.append(contentsOf: $0) }
            if level < levels - 1 { bytes += [0x03, 0x61, 0] }
        }
        bytes += [UInt8](repeating: 0, count: levels)
        let error = #expect(throws: BSONError.self) { try BSONDocument(validating: bytes) }
        #expect(error?.code == .tooDeep)
    }

    @Test("A hundred levels of mixed kinds are taken, one more is not")
    func depthOfMixedKinds() throws {
        var value: BSONValue = [:]
        for level in 2..<BSONDocument.maximumDepth {
            switch level % 3 {
            case 0: value = ["a": value]
            case 1: value = [value]
            default: value = .javaScriptWithScope("", ["a": value])
            }
        }
        let deepest: BSONDocument = ["a": value]
        #expect(try BSONDocument(validating: deepest.bytes) == deepest)
        let tooDeep: BSONDocument = ["a": .document(deepest)]
        let error = #expect(throws: BSONError.self) { try BSONDocument(validating: tooDeep.bytes) }
        #expect(error?.code == .tooDeep)
    }
}
