import BSON
import Directory
import Testing

@testable import API

struct ValueFieldTests {
    @Test
    func `metadata is kept as it is`() throws {
        let metadata: JSON.Object = ["큰 수": 9_007_199_254_740_993, "x": [1.0, .null, ["$oid": "no id"]], "": ""]
        #expect(try read(.metadata, .object(metadata)) == metadata)
    }

    @Test(arguments: [JSON.null, [], "text", 1])
    func `only an object is metadata`(json: JSON) {
        #expect(throws: Problem.self) { try read(.metadata, json) }
    }

    @Test
    func `metadata has at most 16 KiB as JSON`() throws {
        // {"x":"…"} is eight bytes around the text.
        let longest = JSON.object(["x": .string(String(repeating: "a", count: 16_384 - 8))])
        #expect(longest.bytes.count == 16_384)
        #expect(try read(.metadata, longest)["x"] != nil)
        let longer = JSON.object(["x": .string(String(repeating: "a", count: 16_384 - 7))])
        #expect(throws: refusal(.tooLarge, ["maximum": "16384"])) { try read(.metadata, longer) }
    }

    @Test
    func `metadata nests at most 16 deep`() throws {
        var deepest: JSON = [:]
        for _ in 1..<16 { deepest = ["x": deepest] }
        #expect(try read(.metadata, deepest)["x"] != nil)
        #expect(throws: refusal(.tooDeep, ["maximum": "16"])) { try read(.metadata, ["x": deepest]) }
        var array: JSON = []
        for _ in 1..<16 { array = [array] }
        #expect(throws: refusal(.tooDeep, ["maximum": "16"])) { try read(.metadata, ["x": array]) }
    }

    @Test
    func `names in metadata hold no NUL, which MongoDB could not store`() {
        #expect(throws: refusal(.invalidMemberName)) { try read(.metadata, ["x": [["a\u{0}b": 1]]]) }
    }

    @Test(arguments: [(JSON.integer(1), 1), (315_360_000, 315_360_000), (60.0, 60)])
    func `a key lives from a second to ten years`(json: JSON, seconds: Int) throws {
        #expect(try read(.expiry, json) == .seconds(seconds))
    }

    @Test(arguments: [JSON.integer(0), -1, 315_360_001, .integer(.max), 1e300])
    func `a key lives neither shorter nor longer`(json: JSON) {
        let isNumber = json.integer != nil
        #expect(
            throws: isNumber
                ? refusal(.outOfRange, ["minimum": "1", "maximum": "315360000"])
                : refusal(.wrongType, ["expected": "integer"])
        ) { try read(.expiry, json) }
    }

    @Test(arguments: [JSON.number(1.5), "60", true])
    func `seconds are whole numbers`(json: JSON) {
        #expect(throws: refusal(.wrongType, ["expected": "integer"])) { try read(.overlap, json) }
    }

    @Test
    func `an overlap may be nothing and is a week at most`() throws {
        #expect(try read(.overlap, 0) == .zero)
        #expect(try read(.overlap, 604_800) == .seconds(604_800))
        #expect(throws: refusal(.outOfRange, ["minimum": "0", "maximum": "604800"])) { try read(.overlap, 604_801) }
    }

    private func read<Value>(_ field: Field<Value>, _ json: JSON) throws -> Value {
        var fields = FieldReader(["x": json])
        let value = fields.required("x", field)
        try fields.finish()
        return value
    }

    private func refusal(_ reason: Reason, _ arguments: [String: String] = [:]) -> Problem {
        Problem(.invalidFields, issues: [Problem.Issue(.field(pointer: "/x"), reason, arguments)])
    }
}
