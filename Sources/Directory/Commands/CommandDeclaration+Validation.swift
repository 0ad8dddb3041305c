extension CommandDeclaration {
    /// Checks the whole declaration of a bot and brings its texts into Unicode normalization form C.
    ///
    /// Whether another bot has one of the names is not known here: storing tells.
    public static func validate(_ declarations: [CommandDeclaration]) throws(InvalidDeclaration) -> [Command] {
        var check = DeclarationCheck()
        let commands = check.commands(declarations)
        guard check.errors.isEmpty else { throw InvalidDeclaration(errors: check.errors) }
        return commands
    }
}

/// Walks over a declaration and gathers what is wrong. What it returns is sound only when it found nothing.
private struct DeclarationCheck {
    private(set) var errors: [DeclarationError] = []

    mutating func commands(_ declarations: [CommandDeclaration]) -> [Command] {
        guard declarations.count <= DeclarationLimits.commands else {
            refuse("", .tooMany(maximum: DeclarationLimits.commands))
            return []
        }
        var names = FirstPlaces()
        var commands: [Command] = []
        for (index, declaration) in declarations.enumerated() {
            let path = "/\(index)"
            do throws(CommandName.Invalid) {
                let name = try CommandName(declaration.name)
                if let first = names.place(of: name.text, orSet: path + "/name") {
                    refuse(path + "/name", .duplicate(first: first))
                }
                let description = declaration.description.map { paragraph($0, at: path + "/description") }
                let tokens = tokens(declaration.tokens, at: path + "/tokens")
                commands.append(Command(name: name, description: description, tokens: tokens))
            } catch {
                refuse(path + "/name", .name(error))
                _ = tokens(declaration.tokens, at: path + "/tokens")
            }
        }
        return commands
    }

    private mutating func tokens(_ declarations: [TokenDeclaration], at path: String) -> [Token] {
        guard declarations.count <= DeclarationLimits.tokens else {
            refuse(path, .tooMany(maximum: DeclarationLimits.tokens))
            return []
        }
        var keys = FirstPlaces()
        var tokens: [Token] = []
        var optionalKey: String?
        for (index, declaration) in declarations.enumerated() {
            let path = "\(path)/\(index)"
            let token = token(declaration, at: path)
            if let first = keys.place(of: token.key, orSet: path + "/key") {
                refuse(path + "/key", .duplicate(first: first))
            }
            if !token.required {
                optionalKey = optionalKey ?? token.key
            } else if let optionalKey {
                refuse(path + "/required", .requiredAfterOptional(key: optionalKey))
            }
            tokens.append(token)
        }
        return tokens
    }

    private mutating func token(_ declaration: TokenDeclaration, at path: String) -> Token {
        let key = text(declaration.key, at: path + "/key", maximum: DeclarationLimits.keyCharacters)
        if !key.unicodeScalars.allSatisfy({ $0.isLetterOrDigit || $0.isMark || $0 == "_" || $0 == "-" }) {
            refuse(path + "/key", .forbiddenCharacters)
        }
        let label = text(declaration.label, at: path + "/label", maximum: DeclarationLimits.labelCharacters)
        var values: [String] = []
        var available: [String]?
        if declaration.type == .choice {
            values = self.values(declaration.values ?? [], at: path + "/values")
            available = declaration.available.map { self.available($0, of: values, at: path + "/available") }
        } else {
            if declaration.values?.isEmpty == false { refuse(path + "/values", .onlyForChoice) }
            if declaration.available != nil { refuse(path + "/available", .onlyForChoice) }
        }
        return Token(
            key: key,
            label: label,
            type: declaration.type,
            values: values,
            available: available,
            required: declaration.required
        )
    }

    private mutating func values(_ values: [String], at path: String) -> [String] {
        guard !values.isEmpty else {
            refuse(path, .valuesMissing)
            return []
        }
        guard values.count <= DeclarationLimits.values else {
            refuse(path, .tooMany(maximum: DeclarationLimits.values))
            return []
        }
        var folded = FirstPlaces()
        return values.enumerated()
            .map { index, value in
                let path = "\(path)/\(index)"
                let value = text(value, at: path, maximum: DeclarationLimits.valueCharacters)
                if let first = folded.place(of: value.choiceFolded, orSet: path) {
                    refuse(path, .duplicate(first: first))
                }
                return value
            }
    }

    /// Each as it stands among the values, whatever its case and spacing.
    private mutating func available(_ available: [String], of values: [String], at path: String) -> [String] {
        guard available.count <= DeclarationLimits.values else {
            refuse(path, .tooMany(maximum: DeclarationLimits.values))
            return []
        }
        let declared = Dictionary(values.map { ($0.choiceFolded, $0) }) { first, _ in first }
        var chosen = FirstPlaces()
        return available.enumerated()
            .compactMap { index, value in
                let path = "\(path)/\(index)"
                let folded = value.choiceFolded
                if let first = chosen.place(of: folded, orSet: path) {
                    refuse(path, .duplicate(first: first))
                }
                if declared[folded] == nil { refuse(path, .notAValue) }
                return declared[folded]
            }
    }

    /// Several lines that people read; may be empty.
    private mutating func paragraph(_ text: String, at path: String) -> String {
        let text = text.normalizedC
        if text.unicodeScalars.count > DeclarationLimits.descriptionCharacters {
            refuse(path, .tooLong(maximum: DeclarationLimits.descriptionCharacters))
        }
        if text.unicodeScalars.contains(where: { $0.isControl && $0 != "\n" && $0 != "\t" }) {
            refuse(path, .forbiddenCharacters)
        }
        return text
    }

    /// One line that people read: not blank, no controls.
    private mutating func text(_ text: String, at path: String, maximum: Int) -> String {
        let text = text.normalizedC
        if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            refuse(path, .empty)
        } else if text.unicodeScalars.count > maximum {
            refuse(path, .tooLong(maximum: maximum))
        } else if text.unicodeScalars.contains(where: \.isControl) {
            refuse(path, .forbiddenCharacters)
        }
        return text
    }

    private mutating func refuse(_ path: String, _ reason: DeclarationError.Reason) {
        guard errors.count < DeclarationLimits.faults, errors.last?.path != path else { return }
        errors.append(DeclarationError(path: path, reason: reason))
    }
}

/// Where each of some texts that must differ stood first.
private struct FirstPlaces {
    private var places: [String: String] = [:]

    /// The path at which the text stood before; nil when it is new, and then it stands at `path`.
    mutating func place(of text: String, orSet path: String) -> String? {
        if let first = places[text] { return first }
        places[text] = path
        return nil
    }
}
