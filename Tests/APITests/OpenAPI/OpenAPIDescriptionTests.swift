import BSON
import Testing

@testable import API

struct OpenAPIDescriptionTests {
    @Test(arguments: Role.allCases)
    func `every reference leads to a schema, and every schema is referred to`(role: Role) throws {
        let document = OpenAPIDescription.document(for: role, version: "1.0.0")
        let schemas = try #require(document["components"]?["schemas"]?.object)
        var references: Set<String> = []
        collectReferences(.object(document), into: &references)
        for reference in references {
            #expect(schemas[String(reference.dropFirst("#/components/schemas/".count))] != nil, "\(reference)")
        }
        for name in schemas.keys { #expect(references.contains("#/components/schemas/\(name)"), "\(name) is unused") }
    }

    @Test(arguments: Role.allCases)
    func `operations have ids of their own`(role: Role) {
        let ids = Operation.all(for: role).map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test
    func `a process describes what its role serves and nothing else`() throws {
        let keys = try paths(.keys)
        let relay = try paths(.relay)
        #expect(keys.contains("/v1/companies"))
        #expect(!keys.contains("/v1/messages"))
        #expect(relay.contains("/v1/messages"))
        #expect(!relay.contains("/v1/companies"))
        #expect(keys.intersection(relay) == ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs/problems"])
        #expect(try paths(.all) == keys.union(relay))
    }

    @Test(arguments: Operation.all(for: .all).map(\.id))
    func `every call says what it may answer`(id: String) throws {
        let operation = try #require(Operation.all(for: .all).first { $0.id == id })
        #expect(operation.answers.contains { $0.status < 400 })
        #expect(operation.allProblems.contains(.internalError))
        #expect(operation.allProblems.contains(.keyMissing) == (operation.key != .none))
        #expect(operation.allProblems.contains(.bodyTooLarge) == (operation.body != nil))
        let path = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }
        #expect(path.allSatisfy { ["{domain}", "{id}"].contains($0) })
        let responses = try #require(operation.json["responses"]?.object)
        for code in operation.allProblems {
            let content = responses["\(code.status)"]?["content"]?["application/problem+json"]
            let codes = content?["schema"]?["allOf"]?.array?.last?["properties"]?["code"]?["enum"]?.array
            #expect(codes?.contains(.string(code.rawValue)) == true, "\(code) is not told")
        }
    }

    /// The description's bounds are the readers' own: a value on the bound is taken and one beyond it is not.
    @Test(arguments: [("name", Field.name), ("description", Field.description)])
    func `bounds of texts are told as they are checked`(name: String, field: Field<String>) throws {
        let maximum = try #require(field.schema.json["maxLength"]?.integer)
        #expect(accepts(field, .string(String(repeating: "가", count: Int(maximum)))))
        #expect(!accepts(field, .string(String(repeating: "가", count: Int(maximum) + 1))))
        if field.schema.json["minLength"] != nil { #expect(!accepts(field, "")) }
    }

    @Test(arguments: [("expires_in_seconds", Field.expiry), ("overlap_seconds", Field.overlap)])
    func `bounds of durations are told as they are checked`(name: String, field: Field<Duration>) throws {
        let minimum = try #require(field.schema.json["minimum"]?.integer)
        let maximum = try #require(field.schema.json["maximum"]?.integer)
        #expect(accepts(field, .integer(minimum)))
        #expect(accepts(field, .integer(maximum)))
        #expect(!accepts(field, .integer(minimum - 1)))
        #expect(!accepts(field, .integer(maximum + 1)))
    }

    private func accepts<Value>(_ field: Field<Value>, _ json: JSON) -> Bool {
        var fields = FieldReader(["x": json])
        _ = fields.required("x", field)
        return fields.close().issues.isEmpty
    }

    private func paths(_ role: Role) throws -> Set<String> {
        Set(try #require(OpenAPIDescription.document(for: role, version: "1.0.0")["paths"]?.object).keys)
    }

    private func collectReferences(_ json: JSON, into references: inout Set<String>) {
        for item in json.array ?? [] { collectReferences(item, into: &references) }
        for (name, value) in json.object ?? [:] {
            if name == "$ref", let reference = value.string { references.insert(reference) }
            collectReferences(value, into: &references)
        }
    }
}
