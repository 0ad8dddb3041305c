import ArgumentParser
import BSON

/// How much of a list is wanted.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("At most this many, from 1 to 100000.", valueName: "number")) var limit = 200
    @Option(help: ArgumentHelp("Go on after this id, as the end of the last list said.", valueName: "id"))
    var after: String?

    func validate() throws {
        guard (1...100_000).contains(limit) else {
            throw ValidationError("--limit is \(limit); it must be from 1 to 100000.")
        }
    }
}

extension APIClient {
    /// The most that the server puts into one page.
    private static let pageItems = 200

    /// The asked-for part of a list.
    func list(_ path: String, _ page: PageOptions) async throws -> JSON.Object {
        try await list(path, limit: page.limit, after: page.after)
    }

    /// The items of a list, over as many pages as it takes; `next` when there are more.
    func list(_ path: String, limit: Int, after: String? = nil) async throws -> JSON.Object {
        var items: [JSON] = []
        var after = after
        repeat {
            var query = ["limit": String(min(Self.pageItems, limit - items.count))]
            query["after"] = after
            let answer = try await get(path, query: query)
            items += answer["items"]?.array ?? []
            after = answer["next"]?.string
        } while after != nil && items.count < limit
        var answer: JSON.Object = ["items": .array(items)]
        answer["next"] = after.map { .string($0) }
        return answer
    }
}
