import BSON
import Testing

/// Damaged documents and noise. The bytes lie at the end of their own allocation, so that the address sanitizer sees
/// any read beyond them; without it, the bounds checks of debug builds do.
@Suite("Random bytes never crash the reader")
struct DocumentFuzzTests {
    @Test("Damaged documents are refused, or are documents that round-trip", arguments: 0..<4)
    func damage(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var accepted = 0
        for vector in Vectors.Sound.all {
            for _ in 0..<60 {
                var bytes = vector.bytes
                for _ in 0..<Int.random(in: 1...3, using: &random) { Mutation.mutate(&bytes, &random) }
                if Bool.random(using: &random) { repairLength(&bytes) }
                if examine(bytes) { accepted += 1 }
            }
        }
        // Flips inside of numbers and texts leave a document; were there none, the damage would be too coarse to test.
        #expect(accepted > 100)
    }

    @Test("Several documents in one, damaged", arguments: 0..<3)
    func damageInDepth(seed: Int) {
        var random = SeededGenerator(seed: 1000 + UInt64(seed))
        var whole = BSONDocument()
        for vector in Vectors.Sound.all.shuffled(using: &random) where vector.bytes.count < 200 {
            if let document = try? BSONDocument(validating: vector.bytes) {
                whole.append(vector.name, Bool.random(using: &random) ? .document(document) : .array(.init(document)))
            }
        }
        for _ in 0..<400 {
            var bytes = whole.bytes
            for _ in 0..<Int.random(in: 1...2, using: &random) { Mutation.mutate(&bytes, &random) }
            repairLength(&bytes)
            _ = examine(bytes)
        }
    }

    @Test("Noise with a true length", arguments: 0..<3)
    func noise(seed: Int) {
        var random = SeededGenerator(seed: 2000 + UInt64(seed))
        for _ in 0..<5000 {
            var bytes = (0..<Int.random(in: 0...64, using: &random))
                .map { _ in
                    // Small numbers make likely lengths and types.
                    Bool.random(using: &random)
                        ? UInt8.random(in: 0...20, using: &random) : .random(in: 0...255, using: &random)
                }
            repairLength(&bytes)
            _ = examine(bytes)
        }
    }

    /// Reads the bytes in every way there is; true when they are a document.
    private func examine(_ bytes: [UInt8]) -> Bool {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        let lent = UnsafeRawBufferPointer(memory)
        readUnvalidated(lent, depth: 0)
        guard let document = try? BSONDocument(validating: lent) else { return false }
        #expect(document.bytes == bytes)
        #expect(rebuilt(document).bytes == bytes)
        let json = JSON.Object(document)
        #expect(json.count <= document.count)
        for key in document.keys {
            #expect(document[key] != nil)
        }
        return true
    }

    private func readUnvalidated(_ bytes: UnsafeRawBufferPointer, depth: Int) {
        guard depth < 200, var reader = try? BSONReader(bytes) else { return }
        while let element = try? reader.next() {
            _ = element.key.string
            _ = try? element.string()
            _ = try? element.bool()
            _ = try? element.int64()
            _ = try? element.milliseconds()
            _ = (try? element.binary()).map(Array.init)
            _ = try? element.objectID()
            _ = try? element.value()
            if element.type == .document || element.type == .array {
                readUnvalidated(element.payload, depth: depth + 1)
            }
        }
    }
}
