import BSON

/// What one field of a request must be: how its value is read and how the API's description states it.
struct Field<Value: Sendable>: Sendable {
    /// JSON Schema of the value (2020-12), made from the same numbers that ``read`` checks.
    let schema: Schema
    /// Stands in for a value that was not accepted, until ``FieldReader/finish()`` throws.
    let placeholder: Value
    /// The value, or nil after the notes have at least one issue more.
    let read: @Sendable (JSON, inout FieldNotes) -> Value?
}

/// What was found wrong while a request is read, and where reading stands.
struct FieldNotes {
    private(set) var issues: [Problem.Issue] = []
    private var place: Problem.Issue.Place

    init(at place: Problem.Issue.Place) {
        self.place = place
    }

    /// Notes that the value read now is not accepted. Returns nil, so that readers can end with it.
    @discardableResult
    mutating func refuse<Value>(_ reason: Reason, _ arguments: [String: String] = [:]) -> Value? {
        if issues.count < FieldLimits.issues {
            issues.append(Problem.Issue(place, reason, arguments))
        }
        return nil
    }

    /// Reads something inside the present value: a member of an object, an item of an array.
    mutating func inside<Result>(_ step: String, _ read: (inout FieldNotes) -> Result) -> Result {
        inside(path: "/" + JSONPointer.escaped(step), read)
    }

    /// The same some steps further, by a JSON Pointer from here.
    mutating func inside<Result>(path: String, _ read: (inout FieldNotes) -> Result) -> Result {
        let outside = place
        defer { place = outside }
        if case .field(let pointer) = outside { place = .field(pointer: pointer + path) }
        return read(&self)
    }

    /// The JSON Pointer of the present value; empty for the whole body and for query parameters.
    var pointer: String {
        if case .field(let pointer) = place { pointer } else { "" }
    }
}

/// RFC 6901.
enum JSONPointer {
    /// A member's name as a step of a pointer.
    static func escaped(_ step: String) -> String {
        guard step.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return step }
        var escaped = ""
        for character in step.unicodeScalars {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
