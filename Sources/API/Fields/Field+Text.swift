import BSON
import Directory
import Foundation

extension Field where Value == String {
    /// What people call something: letters, marks, digits, punctuation and symbols of any script. Kept in Unicode
    /// normalization form C, with single spaces and none at the ends, so that equal names are equal strings.
    static let name = Field(
        schema: .string(maximum: FieldLimits.nameCharacters, minimum: 1),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        let name = text.normalizedC
            .split(whereSeparator: { $0.unicodeScalars.allSatisfy { $0.properties.generalCategory == .spaceSeparator } }
            )
            .joined(separator: " ")
        if name.isEmpty { return notes.refuse(.empty) }
        if name.unicodeScalars.count > FieldLimits.nameCharacters {
            return notes.refuse(.tooLong, ["maximum": "\(FieldLimits.nameCharacters)"])
        }
        guard name.unicodeScalars.allSatisfy(isNameCharacter), name.unicodeScalars.contains(where: isLetterOrDigit)
        else {
            return notes.refuse(.invalidName)
        }
        return name
    }

    /// A short text for people, kept in normalization form C. Line breaks and tabs are its only control characters.
    static let description = Field(
        schema: .string(maximum: FieldLimits.descriptionCharacters),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string?.normalizedC else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.unicodeScalars.count > FieldLimits.descriptionCharacters {
            return notes.refuse(.tooLong, ["maximum": "\(FieldLimits.descriptionCharacters)"])
        }
        let isAccepted = text.unicodeScalars.allSatisfy { !isControl($0) || $0 == "\n" || $0 == "\t" }
        return isAccepted ? text : notes.refuse(.invalidCharacters)
    }

    /// An IANA identifier that the system's time zone database has.
    static let timeZone = Field(
        schema: .string().described("IANA identifier such as Asia/Seoul"),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        // Foundation also takes offsets such as `GMT+9`, and names those differently from how they were written; UTC too,
        // which it calls GMT.
        guard let zone = TimeZone(identifier: text), zone.identifier == text || text == "UTC" else {
            return notes.refuse(.unknownTimeZone)
        }
        return text
    }

    /// An address that mail could be sent to: one `@`, something before it and a domain after it. Only a letter that
    /// arrives proves more.
    static let email = Field(
        schema: .string(maximum: FieldLimits.emailBytes).format("email"),
        placeholder: ""
    ) { json, notes in
        guard let text = json.string else { return notes.refuse(.wrongType, ["expected": "string"]) }
        if text.utf8.count > FieldLimits.emailBytes {
            return notes.refuse(.tooLarge, ["maximum": "\(FieldLimits.emailBytes)"])
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), Domain(String(parts[1])) != nil,
            parts[0].unicodeScalars
                .allSatisfy({
                    !$0.properties.isWhitespace && !isHidden($0) && !#"<>()[],;:\""#.unicodeScalars.contains($0)
                })
        else { return notes.refuse(.invalidEmail) }
        return text
    }

    /// What shows as nothing or breaks a line (general categories Cc, Zl, Zp).
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    /// Controls, what reorders or hides text, and what is no character.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .format, .surrogate, .privateUse, .unassigned: true
        default: isControl(scalar)
        }
    }

    /// The joiners are taken although they do not show: Indic scripts and Persian spell with them, emoji are built with
    /// them.
    private static func isNameCharacter(_ scalar: Unicode.Scalar) -> Bool {
        !isHidden(scalar) || scalar == "\u{200C}" || scalar == "\u{200D}"
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
