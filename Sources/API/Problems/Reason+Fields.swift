extension Reason {
    // Fields of a request's body and query parameters. `{maximum}` and the like are numbers, written by ``FieldLimits``.

    public static let required = Reason(
        "required",
        korean: "꼭 필요한 값입니다.",
        english: "This value is required."
    )
    public static let unknownField = Reason(
        "unknown_field",
        korean: "모르는 필드입니다. 이름을 확인하거나 metadata 안에 넣으세요.",
        english: "There is no such field. Check its name, or put it into metadata."
    )
    public static let notChangeable = Reason(
        "not_changeable",
        korean: "바꿀 수 없는 값입니다. 요청에서 빼세요.",
        english: "This value never changes. Leave it out."
    )
    /// Argument `expected`: a type of ``Vocabulary``.
    public static let wrongType = Reason(
        "wrong_type",
        korean: "{expected:type}이어야 합니다.",
        english: "This must be {expected:type}."
    )
    public static let empty = Reason(
        "empty",
        korean: "비어 있으면 안 됩니다.",
        english: "This must not be empty."
    )
    public static let tooLong = Reason(
        "too_long",
        korean: "{maximum}자까지 쓸 수 있습니다.",
        english: "This may have at most {maximum} characters."
    )
    public static let tooLarge = Reason(
        "too_large",
        korean: "{maximum}바이트까지 쓸 수 있습니다.",
        english: "This may have at most {maximum} bytes."
    )
    public static let tooMany = Reason(
        "too_many",
        korean: "{maximum}개까지 쓸 수 있습니다.",
        english: "There may be at most {maximum} of these."
    )
    public static let tooDeep = Reason(
        "too_deep",
        korean: "{maximum}단계까지만 겹쳐 쓸 수 있습니다.",
        english: "This may be nested at most {maximum} deep."
    )
    public static let outOfRange = Reason(
        "out_of_range",
        korean: "{minimum}부터 {maximum}까지의 값이어야 합니다.",
        english: "This must be from {minimum} to {maximum}."
    )
    /// Argument `allowed`: the values, separated by commas.
    public static let unknownValue = Reason(
        "unknown_value",
        korean: "다음 중 하나여야 합니다: {allowed}.",
        english: "This must be one of: {allowed}."
    )
    /// Argument `first`: where the value stood first.
    public static let duplicate = Reason(
        "duplicate",
        korean: "앞의 {first}에 같은 값이 있습니다. 하나만 두세요.",
        english: "This repeats the value at {first}. Keep one of them."
    )
    public static let invalidName = Reason(
        "invalid_name",
        korean: "글자나 숫자가 하나는 있어야 하고, 제어 문자나 보이지 않는 문자는 쓸 수 없습니다.",
        english: "This needs at least one letter or digit, and takes no control or invisible characters."
    )
    public static let invalidCharacters = Reason(
        "invalid_characters",
        korean: "여기에 쓸 수 없는 제어 문자가 있습니다.",
        english: "This holds control characters that are not accepted here."
    )
    public static let invalidDomain = Reason(
        "invalid_domain",
        korean: "도메인이 아닙니다. example.com처럼 점으로 나눈 이름을 쓰세요.",
        english: "This is no domain name. Write names separated by dots, such as example.com."
    )
    public static let unknownTimeZone = Reason(
        "unknown_time_zone",
        korean: "모르는 시간대입니다. Asia/Seoul 같은 IANA 이름을 쓰세요.",
        english: "There is no such time zone. Use an IANA name such as Asia/Seoul."
    )
    public static let invalidEmail = Reason(
        "invalid_email",
        korean: "메일 주소가 아닙니다. name@example.com처럼 쓰세요.",
        english: "This is no e-mail address. Write it like name@example.com."
    )
    public static let invalidURL = Reason(
        "invalid_url",
        korean: "http나 https로 시작하는 전체 URL이어야 하고, 사용자 이름이나 #을 담을 수 없습니다.",
        english: "This must be an absolute http or https URL without user name and without '#'."
    )
    public static let unknownParameter = Reason(
        "unknown_parameter",
        korean: "모르는 쿼리 매개변수입니다. 이름을 확인하세요.",
        english: "There is no such query parameter. Check its name."
    )
    public static let repeated = Reason(
        "repeated",
        korean: "한 번만 쓸 수 있습니다.",
        english: "This may be given only once."
    )
    public static let invalidEncoding = Reason(
        "invalid_encoding",
        korean: "UTF-8을 퍼센트 인코딩한 값이어야 하고 제어 문자를 담을 수 없습니다.",
        english: "This must be percent-encoded UTF-8 without control characters."
    )
    public static let invalidMemberName = Reason(
        "invalid_member_name",
        korean: "이름에 U+0000을 쓸 수 없습니다.",
        english: "The names in this must not hold U+0000."
    )
    /// Of `before` and `after`: what they name is not in the list, or never was.
    public static let unknownPlace = Reason(
        "unknown_place",
        korean: "목록에 없는 자리입니다. 그 사이에 지워졌을 수 있으니 첫 쪽부터 다시 읽으세요.",
        english: "The list has no such place; it may have been deleted since. Start again from the first page."
    )
    /// Arguments `offset` (bytes from 0) and `fault`: a code of `JSONError`, in ``Vocabulary``.
    public static let jsonSyntax = Reason(
        "json_syntax",
        korean: "{offset}번째 바이트에서 읽을 수 없습니다: {fault:fault}.",
        english: "It cannot be read at byte {offset}: {fault:fault}."
    )

    static let fields: [Reason] = [
        required, unknownField, notChangeable, wrongType, empty, tooLong, tooLarge, tooMany, tooDeep, outOfRange,
        unknownValue, duplicate, invalidName, invalidCharacters, invalidDomain, unknownTimeZone, invalidEmail,
        invalidURL, unknownParameter, repeated, invalidEncoding, invalidMemberName, unknownPlace,
        jsonSyntax,
    ]
}
