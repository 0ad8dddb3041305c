import BSON
import Directory
import Testing

@testable import Relay

/// A company in memory, from the `bots` and `members` of a JSON object as the API writes them.
struct TestCompany: Sendable {
    static let domain = "example.com"
    let snapshot: Snapshot

    init(_ json: JSON) throws {
        let company = SnapshotCompany(domain: Self.domain, name: "Example", timeZone: "Asia/Seoul")
        let stranger = SnapshotMember(id: "mem_Stranger000000000000", company: "example.org", name: "남의 회사 사람")
        snapshot = Snapshot(
            companies: [company, SnapshotCompany(domain: "example.org", name: "Other", timeZone: "UTC")],
            bots: try #require(json["bots"]?.array).map(Self.bot),
            members: try #require(json["members"]?.array).map(Self.member) + [stranger]
        )
    }

    func reader(now: Instant, timeZone: String = "Asia/Seoul") -> TextReader {
        TextReader(
            directory: CompanyDirectory(snapshot: snapshot, company: Self.domain),
            timeZone: timeZone,
            now: now
        )
    }

    func reader(for vector: ReadingVector) -> TextReader {
        reader(now: vector.now, timeZone: vector.timeZone)
    }

    private static func bot(_ json: JSON) throws -> SnapshotBot {
        SnapshotBot(
            id: try #require(json["id"]?.string),
            company: domain,
            name: try #require(json["name"]?.string),
            commands: try #require(json["commands"]?.array).map(command)
        )
    }

    static func command(_ json: JSON) throws -> Command {
        Command(
            name: try CommandName(#require(json["name"]?.string)),
            tokens: try #require(json["tokens"]?.array)
                .map { token in
                    Token(
                        key: try #require(token["key"]?.string),
                        label: try #require(token["label"]?.string),
                        type: try #require(token["type"]?.string.flatMap(TokenType.init(rawValue:))),
                        values: token["values"]?.array?.compactMap(\.string) ?? [],
                        required: token["required"]?.bool ?? true
                    )
                }
        )
    }

    private static func member(_ json: JSON) throws -> SnapshotMember {
        SnapshotMember(
            id: try #require(json["id"]?.string),
            company: domain,
            name: try #require(json["name"]?.string),
            email: json["email"]?.string
        )
    }
}
