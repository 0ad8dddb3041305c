import BSON

extension Operation {
    /// The Operation Object (OpenAPI 3.1, section 4.8.10).
    var json: JSON.Object {
        var json: JSON.Object = [
            "operationId": .string(id),
            "tags": [.string(tag.rawValue)],
            "summary": .string(summary),
        ]
        if let detail { json["description"] = .string(detail) }
        json["security"] = key == .none ? [] : [["key": []]]
        let parameters = pathParameters + query.map { $0.json(in: "query") } + headers.map { $0.json(in: "header") }
        if !parameters.isEmpty { json["parameters"] = .array(parameters.map { .object($0) }) }
        if let body { json["requestBody"] = .object(body.json) }
        json["responses"] = .object(responses)
        return json
    }

    private var pathParameters: [JSON.Object] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }
            .map { segment in
                let name = String(segment.dropFirst().dropLast())
                return Parameter(name: name, schema: .string(), detail: Self.pathParameters[name] ?? name)
                    .json(in: "path")
            }
    }

    private static let pathParameters = [
        "domain": "The company's domain.",
        "id": "The id that the resource has.",
    ]

    /// The answers by status, then the problems by status.
    private var responses: JSON.Object {
        var responses: JSON.Object = [:]
        for answer in answers { responses["\(answer.status)"] = .object(answer.json) }
        for (status, codes) in Dictionary(grouping: allProblems, by: \.status).sorted(by: { $0.key < $1.key }) {
            responses["\(status)"] = .object(Self.response(codes))
        }
        return responses
    }

    /// The response of problems that share a status.
    private static func response(_ codes: [Problem.Code]) -> JSON.Object {
        let schema: JSON = [
            "allOf": [
                ["$ref": "#/components/schemas/Problem"],
                ["properties": ["code": ["enum": .array(codes.map { .string($0.rawValue) })]]],
            ]
        ]
        let titles = codes.map { "`\($0.rawValue)`: \($0.row.title.english)" }
        return [
            "description": .string(titles.joined(separator: "; ")),
            "content": [Problem.contentType: ["schema": schema]],
        ]
    }
}

extension Operation.Parameter {
    fileprivate func json(in place: String) -> JSON.Object {
        [
            "name": .string(name),
            "in": .string(place),
            "required": .bool(place == "path"),
            "description": .string(detail),
            "schema": .object(schema.json),
        ]
    }
}

extension Operation.Body {
    fileprivate var json: JSON.Object {
        let content: JSON = ["schema": .object(schema.json)]
        var types: JSON.Object = ["application/json": content]
        if isPatch { types["application/merge-patch+json"] = content }
        return ["required": .bool(isRequired), "content": .object(types)]
    }
}

extension Operation.Answer {
    fileprivate var json: JSON.Object {
        var json: JSON.Object = ["description": .string(detail)]
        if hasLocation {
            json["headers"] = [
                "Location": ["description": "The path of what was made.", "schema": ["type": "string"]]
            ]
        }
        if let content { json["content"] = .object([content.type: ["schema": .object(content.schema.json)]]) }
        return json
    }
}
