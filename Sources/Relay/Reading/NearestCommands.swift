import Directory

/// The declared commands that may have been meant by a text whose command is unknown.
struct NearestCommands {
    /// Their names, the nearest first; those of the same first word when none is near.
    let names: [String]

    private static let maximumNames = 3
    /// Beyond so many commands no more are looked at: a suggestion is not worth a millisecond of the event loop.
    private static let maximumCompared = 2000
    /// Three words of 32 characters of at most four bytes, and then some: what is longer is no slip of the finger.
    private static let maximumTypedBytes = 400

    init(to text: TypedText, from start: Int, among bots: [SnapshotBot]) {
        let typed = Self.typedNames(text, from: start)
        let firstWord = text.phrase(start..<start + 1).plain
        var distances = EditDistance<Unicode.Scalar>()
        var letters: [Unicode.Scalar] = []
        var near: [(distance: Int, name: String)] = []
        var related: [String] = []
        let declared = bots.lazy.flatMap(\.commands).map(\.name.text).prefix(Self.maximumCompared)
        for name in CommandName.reserved + Array(declared) {
            letters.removeAll(keepingCapacity: true)
            Self.appendLetters(of: name, to: &letters)
            let limit = Self.limit(letters.count)
            if let distance = typed.compactMap({ distances.between($0, letters, atMost: limit) }).min() {
                near.append((distance, name))
            } else if name.hasPrefix(firstWord + " ") {
                related.append(name)
            }
        }
        near.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
        names = Array((near.isEmpty ? related.sorted() : near.map(\.name)).prefix(Self.maximumNames))
    }

    /// What may have been meant as the name: the first word, the first two and the first three.
    private static func typedNames(_ text: TypedText, from start: Int) -> [[Unicode.Scalar]] {
        (1...text.reach(from: start, upTo: CommandName.maximumWords))
            .compactMap { count in
                let phrase = text.phrase(start..<start + count)
                guard phrase.plainRange.count <= maximumTypedBytes else { return nil }
                var letters: [Unicode.Scalar] = []
                appendLetters(of: phrase.plain, to: &letters)
                return letters
            }
    }

    /// A name's letters without slash, spaces and case. Hangul counts by syllable: each is one scalar.
    private static func appendLetters(of name: String, to letters: inout [Unicode.Scalar]) {
        for scalar in name.unicodeScalars where scalar != "/" && scalar != " " {
            if scalar.isASCII {
                letters.append(Unicode.Scalar(UInt8(ascii: scalar).lowercased))
            } else if (0xAC00...0xD7A3).contains(scalar.value) {
                letters.append(scalar)
            } else {
                letters += scalar.properties.lowercaseMapping.unicodeScalars
            }
        }
    }

    /// How many slips of the finger a name of so many letters may hide.
    private static func limit(_ letters: Int) -> Int {
        switch letters {
        case ...1: 0
        case ...5: 1
        case ...9: 2
        default: 3
        }
    }
}
