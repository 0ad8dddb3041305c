public import Hummingbird

extension Router where Context == APIRequestContext {
    /// The cold lane's router, still without routes: problems as answers, `HEAD` for every `GET`, `OPTIONS` for every
    /// path.
    ///
    /// - Parameters:
    ///   - role: What the process serves; its described routes tell a wrong method from a wrong path.
    ///   - pages: Methods and paths of routes that the description leaves out, such as the messenger's files.
    public static func api(for role: Role, pages: [(method: String, path: String)] = []) -> Router {
        let router = Router(context: APIRequestContext.self, options: .autoGenerateHeadEndpoints)
        let routes = RouteTable(OpenAPIDescription.routes(for: role) + pages)
        router.add(middleware: ProblemMiddleware(routes: routes))
        return router
    }
}
