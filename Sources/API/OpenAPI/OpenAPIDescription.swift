public import BSON

/// The API in OpenAPI 3.1: what `GET /openapi.json` answers.
public enum OpenAPIDescription {
    /// The description of all calls that a process of this role serves, and of no others.
    ///
    /// - Parameter version: The version of hiworker that serves them.
    public static func document(for role: Role, version: String) -> JSON.Object {
        let operations = Operation.all(for: role)
        let tags = Operation.Tag.allCases.filter { tag in operations.contains { $0.tag == tag } }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "hiworker",
                "version": .string(version),
                "summary": "A self-hosted chatbot platform: register bots, send them messages.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .string($0.rawValue), "description": .string($0.detail)] }),
            "paths": .object(paths(operations)),
            "components": [
                "securitySchemes": [
                    "key": [
                        "type": "http",
                        "scheme": "bearer",
                        "description":
                            "An API key: `hwa_…` of an administrator, `hwb_…` of a bot, `hwm_…` of a member.",
                    ]
                ],
                "schemas": .object(schemas(for: role)),
            ],
        ]
    }

    /// The methods and path templates of those calls, as the router must have them.
    public static func routes(for role: Role) -> [(method: String, path: String)] {
        Operation.all(for: role).map { ($0.method.rawValue.uppercased(), $0.path) }
    }

    private static func paths(_ operations: [Operation]) -> JSON.Object {
        var paths: JSON.Object = [:]
        for operation in operations {
            var path = paths[operation.path]?.object ?? [:]
            path[operation.method.rawValue] = .object(operation.json)
            paths[operation.path] = .object(path)
        }
        return paths
    }

    private static func schemas(for role: Role) -> JSON.Object {
        var schemas = Schema.shared
        if role.servesKeys { schemas += Schema.companies + Schema.bots + Schema.members + Schema.keys }
        if role.servesRelay { schemas += Schema.messages + Schema.me }
        return JSON.Object(schemas.map { ($0.name, .object($0.schema.json)) })
    }
}
