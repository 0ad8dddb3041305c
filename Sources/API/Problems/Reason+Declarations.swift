extension Reason {
    // Declarations of commands.

    public static let commandWithoutSlash = Reason(
        "command_without_slash",
        korean: "명령 이름은 '/'로 시작해야 합니다. 예: /예약 회의실",
        english: "The name of a command starts with '/', such as /book room."
    )
    public static let nothingAfterSlash = Reason(
        "nothing_after_slash",
        korean: "'/' 바로 뒤에 낱말이 있어야 합니다.",
        english: "A word must stand directly behind the '/'."
    )
    public static let tooManyWords = Reason(
        "too_many_words",
        korean: "명령 이름은 {maximum}낱말까지 쓸 수 있습니다.",
        english: "The name of a command has at most {maximum} words."
    )
    public static let wordTooLong = Reason(
        "word_too_long",
        korean: "낱말 '{word}'{word:이/가} 너무 깁니다. 한 낱말은 {maximum}자까지 쓸 수 있습니다.",
        english: "The word '{word}' is too long: a word has at most {maximum} characters."
    )
    public static let invalidCommandCharacter = Reason(
        "invalid_command_character",
        korean: "명령 이름에 '{character}'{character:을/를} 쓸 수 없습니다. 글자, 숫자, '_', '-'만 쓰세요.",
        english: "'{character}' cannot stand here in the name of a command. Use letters, digits, '_' and '-'."
    )
    public static let reservedCommand = Reason(
        "reserved_command",
        korean: "'{word}' 명령은 서버가 직접 답합니다. 다른 이름을 쓰세요.",
        english: "The server itself answers '{word}'. Use another name."
    )
    public static let invalidKey = Reason(
        "invalid_key",
        korean: "글자, 숫자, '_', '-'만 쓸 수 있습니다.",
        english: "Use letters, digits, '_' and '-'."
    )
    public static let valuesMissing = Reason(
        "values_missing",
        korean: "choice에는 values가 하나 이상 있어야 합니다.",
        english: "A choice needs at least one value."
    )
    public static let onlyForChoice = Reason(
        "only_for_choice",
        korean: "type이 choice일 때만 쓸 수 있습니다. 빼거나 type을 바꾸세요.",
        english: "Only a choice has this. Leave it out or change the type."
    )
    public static let notAValue = Reason(
        "not_a_value",
        korean: "values에 없는 값입니다.",
        english: "This is not among the values."
    )
    public static let notDeclared = Reason(
        "not_declared",
        korean: "봇이 등록한 명령이나 값의 이름이 아닙니다.",
        english: "The bot has not declared this name."
    )
    /// Argument `key`: that of the optional token.
    public static let requiredAfterOptional = Reason(
        "required_after_optional",
        korean: "생략할 수 있는 '{key}' 뒤에는 꼭 필요한 값을 둘 수 없습니다. 순서를 바꾸세요.",
        english: "A required token cannot follow '{key}', which is optional. Change their order."
    )

    static let declarations: [Reason] = [
        commandWithoutSlash, nothingAfterSlash, tooManyWords, wordTooLong, invalidCommandCharacter, reservedCommand,
        invalidKey,
        valuesMissing, onlyForChoice, notAValue, notDeclared, requiredAfterOptional,
    ]
}
