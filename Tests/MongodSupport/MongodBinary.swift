import Foundation

/// Where mongod is: `HIWORKER_MONGOD`, else on the PATH, else where the set-up put it.
enum MongodBinary {
    struct NotFound: Error, CustomStringConvertible {
        let description: String
    }

    static func url() throws -> URL {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["HIWORKER_MONGOD"], !named.isEmpty {
            guard FileManager.default.isExecutableFile(atPath: named) else {
                throw NotFound(description: "HIWORKER_MONGOD names \(named), which is no program.")
            }
            return URL(filePath: named)
        }
        let directories = (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0)) }
        let candidates = directories.map { $0.appending(path: "mongod") } + [installed]
        if let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path()) }) {
            return found
        }
        throw NotFound(description: "There is no mongod for the tests. Name one in HIWORKER_MONGOD, or run make test.")
    }

    /// In the repository, three levels above this file.
    private static var installed: URL {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        return root.appending(path: ".venv/bin/mongod")
    }
}
