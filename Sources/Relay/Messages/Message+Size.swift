import API
import BSON

extension Message {
    /// Roughly what it occupies in memory: enough to bound what is kept of many.
    var approximateBytes: Int {
        let reply = reply.map { JSON.object($0).approximateBytes } ?? 0
        let note = progress?.utf8.count ?? 0
        let problem = problem.map { JSON.object($0.members).approximateBytes + 256 } ?? 0
        return 512 + text.utf8.count + JSON.object(tokens).approximateBytes + reply + note + problem
    }
}

extension JSON {
    fileprivate var approximateBytes: Int {
        switch self {
        case .null, .bool, .integer, .number: 24
        case .string(let text): 24 + text.utf8.count
        case .array(let items): items.reduce(24) { $0 + $1.approximateBytes }
        case .object(let members): members.reduce(24) { $0 + $1.key.utf8.count + $1.value.approximateBytes }
        }
    }
}
