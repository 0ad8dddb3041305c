import BSON
import Testing

@testable import API

struct QueryReaderTests {
    @Test(
        arguments: [
            (nil, 50, nil), ("", 50, nil), ("limit=1", 1, nil), ("limit=200&after=bot_1", 200, "bot_1"),
            ("after=%ED%9A%8C%EC%82%AC.kr&limit=7", 7, "회사.kr"), ("limit=&after=", 50, nil), ("&limit=2&", 2, nil),
            ("after=a+b%2Bc", 50, "a b+c"), ("%6Cimit=3", 3, nil),
        ] as [(String?, Int, String?)]
    )
    func `pages are asked for by limit and after`(query: String?, limit: Int, after: String?) throws {
        let page = try PageRequest(query: query)
        #expect(page.limit == limit)
        #expect(page.after == after)
    }

    @Test(
        arguments: [
            ("limit=0", "limit", Reason.outOfRange), ("limit=201", "limit", .outOfRange),
            ("limit=ten", "limit", .wrongType), ("limit=1.5", "limit", .wrongType),
            ("limit=1&limit=2", "limit", .repeated),
            ("limt=1", "limt", .unknownParameter), ("after=%", "after", .invalidEncoding),
            ("after=%FF", "after", .invalidEncoding), ("after=%0A", "after", .invalidEncoding),
            ("after=%4", "after", .invalidEncoding), ("after=%zz", "after", .invalidEncoding),
        ]
    )
    func `what is wrong with a query is told by parameter`(query: String, name: String, reason: Reason) throws {
        let problem = try #require(throws: Problem.self) { try PageRequest(query: query) }
        #expect(problem.code == .invalidFields)
        #expect(problem.issues.map(\.place) == [.parameter(name)])
        #expect(problem.issues.map(\.reason) == [reason])
    }

    @Test
    func `all of a query's faults are told at once`() throws {
        let problem = try #require(throws: Problem.self) { try PageRequest(query: "limit=x&after=%&a=1&a=2&b=3") }
        #expect(problem.issues.map(\.place) == ["limit", "after", "a", "b"].map { .parameter($0) })
    }

    @Test
    func `a page names the next one only when there is more`() throws {
        let page = try PageRequest(query: "limit=2")
        #expect(page.lookUpLimit == 3)
        let full = page.body(["a", "b", "c"], id: { $0 }, resource: { ["id": .string($0)] })
        #expect(full == ["items": [["id": "a"], ["id": "b"]], "next": "b"])
        let last = page.body(["a", "b"], id: { $0 }, resource: { ["id": .string($0)] })
        #expect(last == ["items": [["id": "a"], ["id": "b"]]])
        #expect(page.body([String](), id: { $0 }, resource: { ["id": .string($0)] }) == ["items": []])
    }
}
