import Testing

@testable import API

struct RouteTableTests {
    private let table = RouteTable([
        (method: "GET", path: "/v1/bots/{id}"),
        (method: "PATCH", path: "/v1/bots/{id}"),
        (method: "POST", path: "/v1/bots/{id}/keys"),
        (method: "GET", path: "/"),
    ])

    @Test(
        arguments: [
            ("/v1/bots/bot_1", ["GET", "HEAD", "OPTIONS", "PATCH"]), ("/v1/bots/bot_1/keys", ["OPTIONS", "POST"]),
            ("/v1/bots/", []), ("/v1/bots/bot_1/", ["GET", "HEAD", "OPTIONS", "PATCH"]), ("/v1/bots/bot_1/keys/x", []),
            ("/", ["GET", "HEAD", "OPTIONS"]), ("/V1/bots/bot_1", []), ("*", []),
        ]
    )
    func `a path has the methods of the routes that fit it`(path: String, methods: [String]) {
        #expect(table.methods(of: path) == methods)
    }
}
