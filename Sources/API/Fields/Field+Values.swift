import BSON
import Foundation

extension Field where Value == String {
    /// The id of a company, in lower case.
    static let domain = Field(
        schema: .string(maximum: FieldLimits.domainBytes).described("DNS name, kept in lower case"),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        return Domain(text)?.text ?? notes.refuse(.invalidDomain)
    }

    /// An absolute http or https URL that a webhook can be called at.
    static let webhookURL = Field(
        schema: .string(maximum: FieldLimits.urlBytes).format("uri"),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.utf8.count > FieldLimits.urlBytes {
            return notes.refuse(.tooLarge, ["maximum": "\(FieldLimits.urlBytes)"])
        }
        guard let url = URLComponents(string: text, encodingInvalidCharacters: false),
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host, !host.isEmpty, (1...65_535).contains(url.port ?? 443),
            url.user == nil, url.password == nil, url.fragment == nil
        else { return notes.refuse(.invalidURL) }
        return text
    }
}

extension Field where Value == String {
    /// Any text, checked elsewhere.
    static let text = Field(schema: .string(), placeholder: "") { json, notes in
        json.string ?? notes.refuse(.wrongType, ["expected": "string"])
    }

    /// One of a few words.
    static func choice(_ words: String...) -> Field {
        Field(schema: .enumeration(words), placeholder: "") { json, notes in
            guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
            return words.contains(text) ? text : notes.refuse(.unknownValue, ["allowed": words.joined(separator: ", ")])
        }
    }
}

extension Field where Value == Bool {
    static let flag = Field(schema: .boolean, placeholder: false) { json, notes in
        json.bool ?? notes.refuse(.wrongType, ["expected": "boolean"])
    }
}

extension Field {
    /// An array of such values; what stands for one that was not accepted is its placeholder.
    static func list<Item: Sendable>(of item: Field<Item>) -> Field where Value == [Item] {
        Field(schema: .array(of: item.schema), placeholder: []) { json, notes in
            guard let items = json.array else { return notes.refuse(.wrongType, ["expected": "array"]) }
            return items.enumerated()
                .map { index, json in
                    notes.inside("\(index)") { item.read(json, &$0) } ?? item.placeholder
                }
        }
    }
}

extension Field where Value == JSON.Object {
    /// The caller's own data: any JSON object within bounds.
    static let metadata = Field(
        schema: .object([:])
            .described(
                "Any JSON object, at most \(FieldLimits.metadataBytes) bytes and \(FieldLimits.metadataDepth) levels deep"
            ),
        placeholder: [:]
    ) { json, notes in
        guard let object = json.object else { return notes.refuse(.wrongType, ["expected": "object"]) }
        if !json.isNested(atMost: FieldLimits.metadataDepth) {
            return notes.refuse(.tooDeep, ["maximum": "\(FieldLimits.metadataDepth)"])
        }
        if json.bytes.count > FieldLimits.metadataBytes {
            return notes.refuse(.tooLarge, ["maximum": "\(FieldLimits.metadataBytes)"])
        }
        return json.isStorable ? object : notes.refuse(.invalidMemberName)
    }
}

extension Field where Value == Duration {
    static let expiry = seconds(FieldLimits.expirySeconds)
    static let overlap = seconds(FieldLimits.overlapSeconds)

    /// A whole number of seconds within bounds; `60.0` is whole too.
    private static func seconds(_ bounds: ClosedRange<Int>) -> Field {
        Field(schema: .integer(bounds), placeholder: .zero) { json, notes in
            guard let seconds = json.integer ?? json.number.flatMap({ Int64(exactly: $0) }) else {
                return notes.refuse(.wrongType, ["expected": "integer"])
            }
            guard let seconds = Int(exactly: seconds), bounds.contains(seconds) else {
                return notes.refuse(
                    .outOfRange,
                    ["minimum": "\(bounds.lowerBound)", "maximum": "\(bounds.upperBound)"]
                )
            }
            return .seconds(seconds)
        }
    }
}

extension JSON {
    /// Whether MongoDB can store it: BSON ends names with NUL, so none may hold one.
    var isStorable: Bool {
        switch self {
        case .array(let items): items.allSatisfy(\.isStorable)
        case .object(let object): object.allSatisfy { !$0.key.utf8.contains(0) && $0.value.isStorable }
        default: true
        }
    }

    /// Whether objects and arrays stand at most so many deep in each other, this one counted.
    func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .array(let items): depth > 0 && items.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let object): depth > 0 && object.allSatisfy { $0.value.isNested(atMost: depth - 1) }
        default: true
        }
    }
}
