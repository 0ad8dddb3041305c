import BSON
import Testing

@testable import API

struct MergePatchTests {
    /// The cases of RFC 7396, appendix A, whose target and patch are objects.
    @Test(
        arguments: [
            (["a": "b"], ["a": "c"], ["a": "c"]),
            (["a": "b"], ["b": "c"], ["a": "b", "b": "c"]),
            (["a": "b"], ["a": .null], [:]),
            (["a": "b", "b": "c"], ["a": .null], ["b": "c"]),
            (["a": ["b"]], ["a": "c"], ["a": "c"]),
            (["a": "c"], ["a": ["b"]], ["a": ["b"]]),
            (["a": ["b": "c"]], ["a": ["b": "d", "c": .null]], ["a": ["b": "d"]]),
            (["a": [["b": "c"]]], ["a": [1]], ["a": [1]]),
            (["e": .null], ["a": 1], ["e": .null, "a": 1]),
            (["a": "foo"], ["a": ["b": .null]], ["a": [:]]),
            ([:], ["a": ["bb": ["ccc": .null]]], ["a": ["bb": [:]]]),
        ] as [(JSON.Object, JSON.Object, JSON.Object)]
    )
    func `a patch changes what it names`(target: JSON.Object, patch: JSON.Object, result: JSON.Object) {
        #expect(target.merging(patch) == result)
    }

    @Test
    func `metadata that a patch makes too large is refused`() throws {
        let half = JSON.string(String(repeating: "a", count: 9_000))
        let problem = try #require(throws: Problem.self) {
            try JSON.Object([("a", half)]).merging(metadata: ["b": half])
        }
        #expect(problem.issues.map(\.place) == [.field(pointer: "/metadata")])
        #expect(try JSON.Object([("a", half)]).merging(metadata: ["a": .null, "b": half]) == ["b": half])
    }
}
