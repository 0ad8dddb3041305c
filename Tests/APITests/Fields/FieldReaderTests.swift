import BSON
import Testing

@testable import API

struct FieldReaderTests {
    @Test
    func `everything wrong with a body is said at once, in the order of reading`() throws {
        var fields = FieldReader(["name": 3, "email": "nobody", "nmae": "Kim", "a/b~c": 1])
        _ = fields.required("name", .name)
        _ = fields.required("domain", .domain)
        _ = fields.optional("email", .email)
        let problem = try #require(throws: Problem.self) { try fields.finish() }
        #expect(problem.code == .invalidFields)
        #expect(
            problem.issues == [
                Problem.Issue(.field(pointer: "/name"), .wrongType, ["expected": "string"]),
                Problem.Issue(.field(pointer: "/domain"), .required),
                Problem.Issue(.field(pointer: "/email"), .invalidEmail),
                Problem.Issue(.field(pointer: "/nmae"), .unknownField),
                Problem.Issue(.field(pointer: "/a~1b~0c"), .unknownField),
            ]
        )
    }

    @Test
    func `no more than a hundred issues are told`() throws {
        let body = JSON.Object((0..<1_000).map { ("field\($0)", JSON.null) })
        var fields = FieldReader(body)
        let problem = try #require(throws: Problem.self) { try fields.finish() }
        #expect(problem.issues.count == 100)
    }

    @Test
    func `null is absent where a field is optional and missing where it is required`() throws {
        var fields = FieldReader(["email": .null])
        #expect(fields.optional("email", .email) == nil)
        try fields.finish()

        var required = FieldReader(["name": .null])
        _ = required.required("name", .name)
        let problem = try #require(throws: Problem.self) { try required.finish() }
        #expect(problem.issues == [Problem.Issue(.field(pointer: "/name"), .required)])
    }

    @Test
    func `in a patch absent stays, null removes and a value replaces`() throws {
        var fields = FieldReader(["removed": .null, "replaced": "a@example.com"])
        #expect(fields.removable("absent", .email) == .none)
        #expect(fields.removable("removed", .email) == .some(nil))
        #expect(fields.removable("replaced", .email) == .some("a@example.com"))
        try fields.finish()
    }

    @Test
    func `in a patch null does not remove what is required, and what is fixed cannot be given`() throws {
        var fields = FieldReader(["name": .null, "id": "bot_1"])
        fields.fixed("id", "created_at")
        #expect(fields.changed("name", .name) == nil)
        let problem = try #require(throws: Problem.self) { try fields.finish() }
        #expect(
            problem.issues == [
                Problem.Issue(.field(pointer: "/id"), .notChangeable),
                Problem.Issue(.field(pointer: "/name"), .required),
            ]
        )
    }
}
