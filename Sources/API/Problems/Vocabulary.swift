/// Words of ours that stand as values in sentences: kinds of keys, types of JSON values, faults of JSON.
///
/// A problem holds the plain word (`platform`, `integer`, `tooDeep`) so that it can be read in either language later.
enum Vocabulary {
    /// The word in a language; the plain word itself when it is not listed.
    static func word(_ plain: String, of vocabulary: String, in language: Language) -> String {
        guard let wording = tables[vocabulary]?[plain] else { return plain }
        return language == .korean ? wording.korean : wording.english
    }

    private static let tables: [String: [String: Wording]] = [
        "kind": [
            "platform": Wording(korean: "플랫폼 관리자 키(hwa_)", english: "an admin key of the platform (hwa_…)"),
            "admin": Wording(korean: "관리자 키(hwa_)", english: "an admin key (hwa_…)"),
            "company": Wording(korean: "회사 관리자 키(hwa_)", english: "an admin key of one company (hwa_…)"),
            "bot": Wording(korean: "봇 키(hwb_)", english: "a bot's key (hwb_…)"),
            "member": Wording(korean: "구성원 키(hwm_)", english: "a member's key (hwm_…)"),
        ],
        "failure": [
            "closed": Wording(korean: "응답하지 않고 연결을 끊음", english: "it closed the connection without an answer"),
            "malformed": Wording(korean: "HTTP가 아닌 응답", english: "what it sent is no HTTP response"),
            "too_large": Wording(korean: "1 MiB보다 큰 응답", english: "its answer is larger than 1 MiB"),
            "truncated": Wording(korean: "중간에 끊긴 응답", english: "its answer broke off in the middle"),
            "status": Wording(korean: "200, 202, 204가 아닌 상태", english: "its status is none of 200, 202 and 204"),
            "content_type": Wording(korean: "텍스트도 JSON도 아닌 응답", english: "its answer is neither text nor JSON"),
            "not_json": Wording(korean: "읽을 수 없는 JSON", english: "its JSON cannot be read"),
            "not_utf8": Wording(korean: "UTF-8이 아닌 텍스트", english: "its text is not UTF-8"),
            "no_text": Wording(korean: "'text'가 없는 JSON", english: "its JSON has no 'text'"),
            "empty": Wording(korean: "빈 답", english: "its reply is empty"),
        ],
        "type": [
            "string": Wording(korean: "문자열", english: "a string"),
            "integer": Wording(korean: "정수", english: "an integer"),
            "number": Wording(korean: "숫자", english: "a number"),
            "boolean": Wording(korean: "true 또는 false", english: "true or false"),
            "array": Wording(korean: "배열", english: "an array"),
            "object": Wording(korean: "객체", english: "an object"),
        ],
        // The codes of `JSONError`.
        "fault": [
            "empty": Wording(korean: "내용이 없습니다", english: "there is nothing"),
            "unexpectedEnd": Wording(korean: "값이 끝나기 전에 끊겼습니다", english: "it ends in the middle of a value"),
            "unexpectedByte": Wording(
                korean: "이 자리에 올 수 없는 글자입니다",
                english: "something stands where JSON does not allow it"
            ),
            "invalidLiteral": Wording(
                korean: "true, false, null이 아닌 낱말입니다",
                english: "a word other than true, false and null"
            ),
            "invalidNumber": Wording(korean: "숫자의 형식이 아닙니다", english: "a number is not written as JSON wants it"),
            "numberOutOfRange": Wording(korean: "숫자가 너무 큽니다", english: "a number is too large"),
            "controlCharacter": Wording(
                korean: "문자열 안의 제어 문자는 \\u로 써야 합니다",
                english: "a control character in a string must be written with \\u"
            ),
            "invalidEscape": Wording(korean: "없는 이스케이프입니다", english: "a backslash begins no known escape"),
            "loneSurrogate": Wording(korean: "서로게이트의 반쪽만 있습니다", english: "half of a surrogate pair is missing"),
            "invalidUTF8": Wording(korean: "UTF-8이 아닙니다", english: "the bytes are not UTF-8"),
            "byteOrderMark": Wording(korean: "BOM으로 시작합니다", english: "it begins with a byte order mark"),
            "duplicateKey": Wording(korean: "같은 이름이 두 번 있습니다", english: "a name stands twice in one object"),
            "tooDeep": Wording(korean: "너무 깊이 겹쳐 있습니다", english: "it is nested too deeply"),
            "trailingData": Wording(korean: "값 뒤에 다른 내용이 있습니다", english: "something follows the value"),
        ],
    ]
}
