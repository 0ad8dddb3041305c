import BSON
import Testing

@Suite("Random text never crashes the JSON parser")
struct JSONFuzzTests {
    private static let seeds = [
        #"{"text":"/예약 회의실 10:00~11:00","bot":"bot_1","wait_seconds":3.5,"n":[1,-2,9223372036854775807,1e-7,true,null]}"#,
        #"[[],{},[{"a":{"b":[[["\u00e9\uD83C\uDFE2\\\"\n"]]]}}],-0.0,"",false]"#,
        #"{"a":"\u0000","b":"\b\f\n\r\t\/","c":"🏢한\u1112","d":123456789012345678901234567890}"#,
    ]

    @Test("Damaged text is refused, or is JSON that reads back as itself", arguments: 0..<4)
    func damage(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var accepted = 0
        for _ in 0..<4000 {
            var bytes = Array((Self.seeds.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) { Mutation.mutate(&bytes, &random) }
            if try examine(bytes) { accepted += 1 }
        }
        #expect(accepted > 50)
    }

    @Test("Noise made of the letters of JSON", arguments: 0..<4)
    func noise(seed: Int) throws {
        var random = SeededGenerator(seed: 3000 + UInt64(seed))
        let letters = Array(#"[]{}:,"\u0123456789eE+-. truefalsn"#.utf8) + [0xED, 0x95, 0x9C, 0x80, 0xFF, 0]
        for _ in 0..<10_000 {
            let count = Int.random(in: 0...24, using: &random)
            _ = try examine((0..<count).map { _ in letters.randomElement(using: &random) ?? 0 })
        }
    }

    @Test("Random values read back as themselves", arguments: 0..<8)
    func values(seed: Int) throws {
        var random = SeededGenerator(seed: 4000 + UInt64(seed))
        for _ in 0..<500 {
            let value = JSON.random(depth: 5, using: &random)
            #expect(try JSON(parsing: value.bytes) == value)
            #expect(try JSON(parsing: value.text).bytes == value.bytes)
        }
    }

    /// True when the bytes are JSON.
    private func examine(_ bytes: [UInt8]) throws -> Bool {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { memory.deallocate() }
        memory.copyBytes(from: bytes)
        let value: JSON
        do {
            value = try JSON(parsing: UnsafeRawBufferPointer(memory))
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            return false
        }
        #expect(try JSON(parsing: value.bytes) == value)
        // Text that is accepted is UTF-8 throughout.
        #expect(String(validating: bytes, as: UTF8.self) != nil)
        return true
    }
}
