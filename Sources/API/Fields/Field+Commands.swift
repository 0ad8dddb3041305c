import BSON
import Directory

extension Field where Value == [Command] {
    /// What a bot declares, checked as a whole.
    static let commands = Field(
        schema: .array(of: .reference("NewCommand"), maximum: DeclarationLimits.commands),
        placeholder: []
    ) { json, notes in
        guard let items = json.array else { return notes.refuse(.wrongType, ["expected": "array"]) }
        var malformed: Set<Int> = []
        let declarations = items.enumerated()
            .map { index, item in
                let issueCount = notes.issues.count
                let declaration = notes.inside("\(index)") { Field<CommandDeclaration>.command.read(item, &$0) }
                if notes.issues.count > issueCount { malformed.insert(index) }
                return declaration ?? Field<CommandDeclaration>.command.placeholder
            }
        do throws(InvalidDeclaration) {
            let commands = try CommandDeclaration.validate(declarations)
            return malformed.isEmpty ? commands : nil
        } catch {
            // Where a command is no command at all, the placeholders in it have faults of their own.
            for fault in error.errors where !(fault.commandIndex.map(malformed.contains) ?? false) {
                notes.refuse(fault)
            }
            return nil
        }
    }
}

extension Field where Value == CommandDeclaration {
    fileprivate static let command = Field(
        schema: .reference("NewCommand"),
        placeholder: CommandDeclaration(name: "")
    ) { json, notes in
        guard let object = json.object else { return notes.refuse(.wrongType, ["expected": "object"]) }
        var fields = FieldReader(object, notes)
        defer { notes = fields.close() }
        return CommandDeclaration(
            name: fields.required("name", .text),
            description: fields.optional("description", .text),
            tokens: fields.optional("tokens", .list(of: .token)) ?? []
        )
    }
}

extension Field where Value == TokenDeclaration {
    fileprivate static let token = Field(
        schema: .reference("NewToken"),
        placeholder: TokenDeclaration(key: "", label: "", type: .text)
    ) { json, notes in
        guard let object = json.object else { return notes.refuse(.wrongType, ["expected": "object"]) }
        var fields = FieldReader(object, notes)
        defer { notes = fields.close() }
        return TokenDeclaration(
            key: fields.required("key", .text),
            label: fields.required("label", .text),
            type: fields.required("type", .tokenType),
            values: fields.optional("values", .list(of: .text)),
            available: fields.optional("available", .list(of: .text)),
            required: fields.optional("required", .flag) ?? true
        )
    }
}

extension Field where Value == TokenType {
    fileprivate static let tokenType = Field(
        schema: .enumeration(TokenType.allCases.map(\.rawValue)),
        placeholder: .text
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        return TokenType(rawValue: text)
            ?? notes.refuse(.unknownValue, ["allowed": TokenType.allCases.map(\.rawValue).joined(separator: ", ")])
    }
}

extension DeclarationError {
    /// Which command of the list it is about; nil for the list itself.
    fileprivate var commandIndex: Int? {
        path.split(separator: "/").first.flatMap { Int($0) }
    }
}
