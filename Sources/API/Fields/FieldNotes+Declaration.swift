import Directory

extension FieldNotes {
    /// Notes a fault that the directory found in the list of commands read now.
    mutating func refuse(_ fault: DeclarationError) {
        let list = pointer
        let (reason, arguments) = fault.issue(inListAt: list)
        inside(path: fault.path) { _ = $0.refuse(reason, arguments) as Never? }
    }
}

extension DeclarationError {
    /// The fault in the words of the API.
    fileprivate func issue(inListAt pointer: String) -> (API.Reason, [String: String]) {
        switch reason {
        case .empty: (.empty, [:])
        case .tooLong(let maximum): (.tooLong, ["maximum": "\(maximum)"])
        case .tooMany(let maximum): (.tooMany, ["maximum": "\(maximum)"])
        case .forbiddenCharacters: (path.hasSuffix("/key") ? .invalidKey : .invalidCharacters, [:])
        case .name(let fault): fault.issue
        case .duplicate(let first): (.duplicate, ["first": pointer + first])
        case .valuesMissing: (.valuesMissing, [:])
        case .onlyForChoice: (.onlyForChoice, [:])
        case .notAValue: (.notAValue, [:])
        case .requiredAfterOptional(let key): (.requiredAfterOptional, ["key": key])
        }
    }
}

extension CommandName.Invalid {
    fileprivate var issue: (Reason, [String: String]) {
        switch self {
        case .empty: (.empty, [:])
        case .noSlash: (.commandWithoutSlash, [:])
        case .tooManyWords: (.tooManyWords, ["maximum": "\(CommandName.maximumWords)"])
        case .nothingAfterSlash: (.nothingAfterSlash, [:])
        case .wordTooLong(let word): (.wordTooLong, ["word": word, "maximum": "\(CommandName.maximumWordLength)"])
        case .character(let character): (.invalidCommandCharacter, ["character": character])
        case .reserved(let word): (.reservedCommand, ["word": word])
        }
    }
}
