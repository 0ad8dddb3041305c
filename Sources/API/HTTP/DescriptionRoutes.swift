import BSON
import HTTPTypes
public import Hummingbird
import NIOCore

/// What the process says of its API: `GET /openapi.json` and `GET /docs/problems`. Both are made once.
public struct DescriptionRoutes: Sendable {
    private let role: Role
    private let version: String

    /// - Parameter version: The version of hiworker, shown in the description.
    public init(role: Role, version: String) {
        self.role = role
        self.version = version
    }

    /// Adds the two routes.
    public func add(to router: Router<APIRequestContext>) {
        let description = ByteBuffer(bytes: JSON.object(OpenAPIDescription.document(for: role, version: version)).bytes)
        let catalogue = ByteBuffer(string: ProblemCatalogue.html())
        router.get("/openapi.json") { _, _ in Self.page(description, type: "application/json") }
        router.get(RouterPath(stringLiteral: Problem.documentationPath)) { _, _ in
            Self.page(catalogue, type: "text/html; charset=utf-8")
        }
    }

    private static func page(_ body: ByteBuffer, type: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
