import API
import BSON
import Directory
import Hummingbird
import KeyServer
import Logging
import Mongo
import Testing

struct DescriptionTests {
    @Test
    func `every route of the key server is described and every described one is routed`() async throws {
        let logger = Logger(label: "description-tests")
        // Never run: it touches no network.
        let pool = try MongoPool(uri: "mongodb://127.0.0.1:1/", logger: logger)
        let router = Router.api(for: .keys)
        KeyServerRoutes(directory: Directory(database: pool.database("none"), logger: logger)).add(to: router)
        let routed = Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
        let described = Set(
            OpenAPIDescription.routes(for: .keys).filter { $0.path.hasPrefix("/v1") }.map { "\($0.method) \($0.path)" }
        )
        #expect(routed == described)
        await pool.close()
    }
}
