/// One call of the API as its description states it.
struct Operation: Sendable {
    enum Method: String, Sendable {
        case get, post, put, patch, delete
    }

    /// Whose key the call takes.
    enum Key: Sendable {
        /// None: anybody may call.
        case none
        /// Any valid key.
        case any
        /// An admin key, of the platform or of the company concerned.
        case admin
        /// An admin key of the platform only.
        case platform
        case bot
        case member
    }

    let method: Method
    /// With parameters in braces: `/v1/bots/{id}`.
    let path: String
    /// Unique; client generators name their functions by it.
    let id: String
    let tag: Tag
    let summary: String
    /// What the summary leaves open, in sentences.
    var detail: String?
    var key: Key = .admin
    var query: [Parameter] = []
    var headers: [Parameter] = []
    var body: Body?
    let answers: [Answer]
    /// The problems that are the call's own; ``allProblems`` has those of every such call.
    var problems: [Problem.Code] = []
    /// Whether it reads or writes MongoDB, and so fails while that is away.
    var needsStorage = true

    /// A parameter of the query or a header.
    struct Parameter: Sendable {
        let name: String
        let schema: Schema
        let detail: String
    }

    struct Body: Sendable {
        let schema: Schema
        /// False when an empty body stands for `{}`.
        var isRequired = true
        var isPatch = false
    }

    struct Answer: Sendable {
        let status: Int
        let detail: String
        /// Media type and schema; nil without a body.
        var content: (type: String, schema: Schema)?
        /// Whether `Location` names what was made.
        var hasLocation = false

        /// An answer with a JSON body.
        static func json(_ status: Int, _ detail: String, _ schema: Schema, hasLocation: Bool = false) -> Answer {
            Answer(status: status, detail: detail, content: ("application/json", schema), hasLocation: hasLocation)
        }

        static func empty(_ status: Int, _ detail: String) -> Answer {
            Answer(status: status, detail: detail)
        }
    }

    /// A group of calls in the description.
    enum Tag: String, Sendable, CaseIterable {
        case companies, bots, members, keys, messages, me, server

        var detail: String {
            switch self {
            case .companies: "The groups that own bots and members."
            case .bots: "Programs that answer commands."
            case .members: "People who send messages."
            case .keys: "The secrets that bots, members and administrators present."
            case .messages: "What members send and bots reply."
            case .me: "The caller's own view."
            case .server: "The process itself and its documentation."
            }
        }
    }
}

extension Operation {
    /// Every problem that the call can end in.
    var allProblems: [Problem.Code] {
        var codes: Set<Problem.Code> = [.malformedRequest, .headTooLarge, .internalError, .shuttingDown]
        switch key {
        case .none: break
        case .any: codes.formUnion(Self.keyProblems)
        case .admin, .platform, .bot, .member: codes.formUnion(Self.keyProblems + [.keyWrongKind])
        }
        if body != nil {
            codes.formUnion([.unsupportedMediaType, .bodyTooLarge, .invalidJSON, .invalidFields, .requestTimeout])
        }
        if !query.isEmpty { codes.insert(.invalidFields) }
        if needsStorage { codes.insert(.storageUnavailable) }
        codes.formUnion(problems)
        return Problem.Code.allCases.filter(codes.contains)
    }

    private static let keyProblems: [Problem.Code] = [
        .keyMissing, .keyMalformed, .keyUnknown, .keyRevoked, .keyExpired,
    ]
}
