import BSON
import Directory
import Logging

/// A company in memory with a member and a webhook bot, and keys of theirs.
enum Sample {
    static let company = SnapshotCompany(domain: "example.com", name: "Example", timeZone: "Asia/Seoul")
    static let member = SnapshotMember(id: "mem_Hana", company: company.domain, name: "김하나", email: "hana@example.com")
    static let webhook = "http://bot.example.com/messages"
    static let bot = SnapshotBot(
        id: "bot_Rooms",
        company: company.domain,
        name: "예약봇",
        description: "회의실을 예약합니다.",
        commands: [
            Command(
                name: CommandName(trusting: "/예약 회의실"),
                tokens: [Token(key: "time", label: "시간", type: .timeRange)]
            )
        ],
        delivery: .webhook(url: webhook),
        webhookSecrets: [WebhookSecret(bytes: Array(repeating: 7, count: 24))]
    )
    static let stranger = SnapshotMember(id: "mem_Stranger", company: "example.org", name: "Stranger")

    static let memberKey = APIKeySecret.random(.member)
    static let strangerKey = APIKeySecret.random(.member)
    static let botKey = APIKeySecret.random(.bot)
    static let adminKey = APIKeySecret.random(.admin)
    static let expiredKey = APIKeySecret.random(.member)
    static let revokedKey = APIKeySecret.random(.member)
    static let unknownKey = APIKeySecret.random(.member)

    static func snapshot(members: [SnapshotMember] = []) -> Snapshot {
        Snapshot(
            companies: [company, SnapshotCompany(domain: "example.org", name: "Other", timeZone: "UTC")],
            bots: [bot],
            members: [member, stranger] + members,
            keys: [
                key("key_Member", memberKey, owner: "mem_Hana"),
                key("key_Stranger", strangerKey, company: "example.org", owner: "mem_Stranger"),
                key("key_Bot", botKey, owner: "bot_Rooms"),
                key("key_Admin", adminKey, company: nil, owner: nil),
                key("key_Expired", expiredKey, owner: "mem_Hana", expiresAt: Instant(milliseconds: 1)),
                key("key_Revoked", revokedKey, owner: "mem_Hana", revokedAt: Instant(milliseconds: 1)),
            ]
        )
    }

    private static func key(
        _ id: String,
        _ secret: APIKeySecret,
        company: String? = "example.com",
        owner: String?,
        expiresAt: Instant? = nil,
        revokedAt: Instant? = nil
    ) -> SnapshotKey {
        SnapshotKey(
            digest: secret.digest,
            key: APIKey(
                id: id,
                kind: secret.kind,
                company: company,
                owner: owner,
                last4: secret.last4,
                createdAt: Instant(milliseconds: 0),
                expiresAt: expiresAt,
                revokedAt: revokedAt
            )
        )
    }
}

extension Logger {
    /// Says nothing.
    static var silent: Logger { Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() } }
}
