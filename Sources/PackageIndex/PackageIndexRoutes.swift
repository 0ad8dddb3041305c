public import API
import HTTPTypes
public import Hummingbird
import NIOCore

/// A package index with one package (PyPA simple repository API): `pip install --extra-index-url http://<server>/simple/
/// hiworker` gets the SDK that fits the server.
public struct PackageIndexRoutes: Sendable {
    private let wheel: Wheel

    /// What is served, for the router: none of it is part of the API.
    public static let pages: [(method: String, path: String)] = [
        ("GET", "/simple"), ("GET", "/simple/hiworker"), ("GET", "/simple/hiworker/{file}"),
    ]

    /// - Parameter version: the server's; the package has the same.
    public init(version: String) {
        wheel = Wheel(version: version)
    }

    public func add(to router: Router<APIRequestContext>) {
        router.get("/simple") { _, _ in Self.page(title: "Packages", link: "/simple/hiworker/", text: "hiworker") }
        router.get("/simple/hiworker") { _, _ in
            Self.page(
                title: "hiworker",
                link: "/simple/hiworker/\(wheel.fileName)#sha256=\(wheel.sha256)",
                attributes: #" data-requires-python="\#(Wheel.requiresPython.replacing(">", with: "&gt;"))""#,
                text: wheel.fileName
            )
        }
        router.get("/simple/hiworker/:file") { _, context in
            guard context.parameters.get("file") == wheel.fileName else { throw Problem(.notFound) }
            return Response(
                status: .ok,
                headers: [
                    .contentType: "application/octet-stream", .cacheControl: "no-cache", .eTag: "\"\(wheel.sha256)\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: wheel.bytes))
            )
        }
    }

    private static func page(title: String, link: String, attributes: String = "", text: String) -> Response {
        let html = """
            <!DOCTYPE html>
            <html>
            <head><meta charset="utf-8"><meta name="pypi:repository-version" content="1.0"><title>\(title)</title></head>
            <body><a href="\(link)"\(attributes)>\(text)</a></body>
            </html>

            """
        return Response(
            status: .ok,
            headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html))
        )
    }
}
