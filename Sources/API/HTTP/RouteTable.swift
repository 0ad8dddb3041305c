/// The paths and methods that this process serves, to tell a wrong method from a wrong path.
struct RouteTable: Sendable {
    private let routes: [(segments: [Substring], method: String)]

    /// - Parameter routes: Methods and path templates, `/v1/bots/{id}`.
    init(_ routes: some Sequence<(method: String, path: String)>) {
        self.routes = routes.map { (Self.segments($0.path), $0.method) }
    }

    /// The methods of a path in alphabetical order, with what is given for every path: `HEAD` where there is `GET`, and
    /// `OPTIONS`. Empty for an unknown path.
    func methods(of path: String) -> [String] {
        let segments = Self.segments(path)
        var methods = Set(routes.lazy.filter { Self.matches($0.segments, segments) }.map(\.method))
        if methods.isEmpty { return [] }
        methods.insert("OPTIONS")
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    /// Empty segments do not count, as in Hummingbird's router.
    private static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/")
    }

    private static func matches(_ template: [Substring], _ segments: [Substring]) -> Bool {
        template.count == segments.count && zip(template, segments).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
