import BSON

/// Reads a JSON object field by field and gathers everything that is wrong with it, so that one answer names it all.
///
/// ```swift
/// var fields = FieldReader(body)
/// let member = NewMember(name: fields.required("name", .name), email: fields.optional("email", .email))
/// try fields.finish()
/// ```
struct FieldReader {
    private let object: JSON.Object
    private var notes: FieldNotes
    private var known: Set<String> = []

    init(_ object: JSON.Object) {
        self.init(object, FieldNotes(at: .field(pointer: "")))
    }

    /// For an object inside another: what is found goes on from the outer notes.
    init(_ object: JSON.Object, _ notes: FieldNotes) {
        self.object = object
        self.notes = notes
    }

    /// A field that must be there and not null.
    mutating func required<Value>(_ name: String, _ field: Field<Value>) -> Value {
        guard let json = value(name), json != .null else {
            refuse(name, .required)
            return field.placeholder
        }
        return read(name, json, field) ?? field.placeholder
    }

    /// A field that may be absent, which null says too.
    mutating func optional<Value>(_ name: String, _ field: Field<Value>) -> Value? {
        guard let json = value(name), json != .null else { return nil }
        return read(name, json, field)
    }

    /// A field of a merge patch (RFC 7396) that cannot be removed.
    mutating func changed<Value>(_ name: String, _ field: Field<Value>) -> Value? {
        guard let json = value(name) else { return nil }
        guard json != .null else {
            refuse(name, .required)
            return nil
        }
        return read(name, json, field)
    }

    /// A field of a merge patch that null removes: nil when absent, a nil inside when removed.
    mutating func removable<Value>(_ name: String, _ field: Field<Value>) -> Value?? {
        guard let json = value(name) else { return nil }
        return .some(json == .null ? nil : read(name, json, field))
    }

    /// Fields of the resource that a patch cannot change.
    mutating func fixed(_ names: String...) {
        for name in names where value(name) != nil {
            refuse(name, .notChangeable)
        }
    }

    mutating func refuse(_ name: String, _ reason: Reason, _ arguments: [String: String] = [:]) {
        notes.inside(name) { _ = $0.refuse(reason, arguments) as Never? }
    }

    /// Takes the fields that nobody asked for as they are, if only MongoDB can store them.
    mutating func acceptOthers() {
        known.formUnion(object.keys)
        if !JSON.object(object).isStorable { _ = notes.refuse(.invalidMemberName) as Never? }
    }

    /// Notes the fields that nobody asked for and throws `invalid_fields` if there is any issue.
    mutating func finish() throws(Problem) {
        let notes = close()
        if !notes.issues.isEmpty {
            throw Problem(.invalidFields, issues: notes.issues)
        }
    }

    /// Notes the fields that nobody asked for and hands all notes back to the outer reader.
    mutating func close() -> FieldNotes {
        for (name, _) in object where !known.contains(name) {
            refuse(name, .unknownField)
        }
        return notes
    }

    private mutating func value(_ name: String) -> JSON? {
        known.insert(name)
        return object[name]
    }

    private mutating func read<Value>(_ name: String, _ json: JSON, _ field: Field<Value>) -> Value? {
        notes.inside(name) { field.read(json, &$0) }
    }
}
