import Directory

/// A DNS name that can be a company's id: at least two labels of letters, digits and hyphens (RFC 1035, section 2.3.1;
/// digits may begin a label, RFC 1123), lower case.
///
/// Letters of any script are taken as they are (`회사.kr`) and kept in Unicode normalization form C: the name is an id here
/// and is never looked up in the DNS, so that a name and its `xn--` spelling are two names.
struct Domain {
    /// The name in lower case and normalized.
    let text: String

    /// Nil when the text is no such name.
    init?(_ text: String) {
        let text = text.normalizedC.lowercased()
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= FieldLimits.domainBytes, labels.count >= 2, labels.allSatisfy(Self.isLabel) else {
            return nil
        }
        // An IPv4 address has the same syntax; no top-level domain is all digits.
        guard let top = labels.last, !top.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else {
            return nil
        }
        self.text = text
    }

    private static func isLabel(_ label: Substring) -> Bool {
        guard (1...FieldLimits.domainLabelBytes).contains(label.utf8.count), label.first != "-", label.last != "-"
        else {
            return false
        }
        return label.unicodeScalars.allSatisfy { scalar in
            if scalar.isASCII { return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" }
            switch scalar.properties.generalCategory {
            case .lowercaseLetter, .modifierLetter, .otherLetter, .nonspacingMark, .spacingMark, .decimalNumber:
                return true
            default: return false
            }
        }
    }
}
