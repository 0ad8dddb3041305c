/// Reads a query's parameters and gathers everything that is wrong with them.
///
/// Values are decoded as forms encode them (WHATWG URL, section 5.1): `%` escapes of UTF-8, and `+` for a space.
public struct QueryReader {
    private var parameters: [(name: String, value: String?)]
    private var issues: [Problem.Issue] = []
    private var known: Set<String> = []

    /// - Parameter query: What follows `?`; nil for no query.
    public init(_ query: String?) {
        parameters = (query ?? "").utf8.split(separator: UInt8(ascii: "&"))
            .map { part in
                let pair = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                let name = Self.decoded(pair[0]) ?? String(decoding: pair[0], as: UTF8.self)
                return (name, pair.count == 2 ? Self.decoded(pair[1]) : "")
            }
    }

    /// The text of a parameter; nil when it is absent, empty or not accepted.
    ///
    /// - Parameter maximum: The most characters it may have.
    public mutating func text(_ name: String, maximum: Int = 1_000) -> String? {
        known.insert(name)
        let values = parameters.filter { $0.name == name }
        guard let (_, value) = values.first else { return nil }
        guard values.count == 1 else { return refuse(name, .repeated) }
        guard let value, value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            return refuse(name, .invalidEncoding)
        }
        if value.unicodeScalars.count > maximum { return refuse(name, .tooLong, ["maximum": "\(maximum)"]) }
        return value.isEmpty ? nil : value
    }

    /// The number of a parameter; nil when it is absent, empty or not accepted.
    public mutating func integer(_ name: String, in bounds: ClosedRange<Int>) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else { return refuse(name, .wrongType, ["expected": "integer"]) }
        guard bounds.contains(number) else {
            return refuse(name, .outOfRange, ["minimum": "\(bounds.lowerBound)", "maximum": "\(bounds.upperBound)"])
        }
        return number
    }

    /// Notes the parameters that nobody asked for and throws `invalid_fields` if there is any issue.
    public mutating func finish() throws(Problem) {
        for name in parameters.map(\.name) where known.insert(name).inserted {
            _ = refuse(name, .unknownParameter) as Never?
        }
        if !issues.isEmpty { throw Problem(.invalidFields, issues: issues) }
    }

    private mutating func refuse<Value>(_ name: String, _ reason: Reason, _ arguments: [String: String] = [:]) -> Value?
    {
        if issues.count < FieldLimits.issues {
            issues.append(Problem.Issue(.parameter(name), reason, arguments))
        }
        return nil
    }

    /// Nil when an escape is cut off or the bytes are not UTF-8.
    private static func decoded(_ bytes: Substring.UTF8View) -> String? {
        PercentEncoding.decoded(bytes, plusIsSpace: true)
    }
}
