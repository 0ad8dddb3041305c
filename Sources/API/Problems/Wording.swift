/// One sentence in each language, with `{placeholders}` for values.
///
/// Three forms are filled:
/// - `{name}`: the value as it is;
/// - `{name:을/를}`: no value, only the Korean particle that fits it, so that `'{name}'{name:을/를}` reads well for any
///   value;
/// - `{name:kind}`: the value looked up in ``Vocabulary``, for values that are words of ours rather than the caller's.
///
/// A placeholder without a value stays as it is written: it is a defect, and best seen.
struct Wording: Sendable, Hashable {
    let korean: String
    let english: String

    /// The sentence in a language, its placeholders filled.
    func text(in language: Language, _ arguments: [String: String]) -> String {
        let template = language == .korean ? korean : english
        var rest = Substring(template)
        var text = ""
        while let opening = rest.firstIndex(of: "{"), let closing = rest[opening...].firstIndex(of: "}") {
            text += rest[..<opening]
            let placeholder = rest[rest.index(after: opening)..<closing]
            text += Self.value(of: placeholder, arguments, language) ?? String(rest[opening...closing])
            rest = rest[rest.index(after: closing)...]
        }
        return text + rest
    }

    /// The names of the values that either sentence asks for.
    var placeholders: Set<String> {
        var names: Set<String> = []
        for template in [korean, english] {
            for part in template.split(separator: "{", omittingEmptySubsequences: false).dropFirst() {
                names.insert(String(part.prefix { $0 != "}" && $0 != ":" }))
            }
        }
        return names
    }

    private static func value(
        of placeholder: Substring,
        _ arguments: [String: String],
        _ language: Language
    ) -> String? {
        let parts = placeholder.split(separator: ":", maxSplits: 1)
        guard let name = parts.first, let value = arguments[String(name)] else { return nil }
        guard parts.count == 2 else { return value }
        if let slash = parts[1].firstIndex(of: "/") {
            let (withFinal, without) = (parts[1][..<slash], parts[1][parts[1].index(after: slash)...])
            return KoreanParticle.choose(after: value, withFinal: String(withFinal), without: String(without))
        }
        return Vocabulary.word(value, of: String(parts[1]), in: language)
    }
}
