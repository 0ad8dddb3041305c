import API
import BSON
import Directory

/// Reads a `member` token: `@김철수`, `김철수`, `@kim@example.com`, and where two have one name `@김철수 <kim@example.com>`
/// or the id, `@mem_…`.
struct MemberReader: PhraseReader {
    /// A name may have many words; these are enough for the longest.
    static let maximumWords = 8
    static let unlike = Reason.unknownMember

    /// The most members of one name that the sentence about them lists.
    private static let maximumListed = 5

    let directory: any CommandDirectory

    func read(_ phrase: Phrase) -> PhraseReading {
        var names = [phrase.plain]
        if !phrase.isPlain { names.insert(phrase.typed, at: 0) }
        for name in names {
            let name = Self.withoutAt(name)
            guard !name.isEmpty else { continue }
            let found = members(named: name, isOneWord: phrase.words.count == 1)
            if found.count == 1 { return .value(Self.json(found[0])) }
            if found.count > 1 { return .wrong(.ambiguousMember, ["members": Self.list(found)]) }
        }
        return .unlike
    }

    private func members(named name: String, isOneWord: Bool) -> [SnapshotMember] {
        let named = directory.members(named: name)
        if !named.isEmpty { return named }
        if let (name, email) = Self.nameAndEmail(name) {
            return directory.members(named: name).filter { $0.email?.lowercased() == email.lowercased() }
        }
        guard isOneWord else { return [] }
        if name.utf8.contains(UInt8(ascii: "@")) { return directory.members(email: name) }
        if name.hasPrefix("mem_") { return directory.member(id: name).map { [$0] } ?? [] }
        return []
    }

    private static func withoutAt(_ name: String) -> String {
        name.hasPrefix("@") || name.hasPrefix("＠") ? String(name.dropFirst()) : name
    }

    /// The parts of `김철수 <kim@example.com>` or `김철수(kim@example.com)`.
    private static func nameAndEmail(_ text: String) -> (name: String, email: Substring)? {
        let pairs: [(open: Character, close: Character)] = [("<", ">"), ("(", ")")]
        for pair in pairs where text.last == pair.close {
            guard let open = text.lastIndex(of: pair.open) else { continue }
            let name = text[..<open]
            let email = text[text.index(after: open)...].dropLast()
            return (String(name.last == " " ? name.dropLast() : name), email)
        }
        return nil
    }

    private static func json(_ member: SnapshotMember) -> JSON {
        ["id": .string(member.id), "name": .string(member.name)]
    }

    private static func list(_ members: [SnapshotMember]) -> String {
        let listed = members.prefix(maximumListed).map { "@" + ($0.email ?? $0.id) }
        return listed.joined(separator: ", ") + (members.count > maximumListed ? ", …" : "")
    }
}
