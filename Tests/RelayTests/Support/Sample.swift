import API
import BSON
import Directory

@testable import Relay

/// A company in memory with two members, and messages of theirs.
enum Sample {
    static let company = SnapshotCompany(domain: "example.com", name: "Example", timeZone: "Asia/Seoul")
    static let member = SnapshotMember(id: "mem_Hana", company: company.domain, name: "김하나")
    static let colleague = SnapshotMember(id: "mem_Duri", company: company.domain, name: "이두리")
    static let bookings = Command(
        name: CommandName(trusting: "/예약 회의실"),
        description: "회의실을 예약합니다.",
        tokens: [Token(key: "time", label: "시간", type: .timeRange)]
    )
    static let secret = WebhookSecret(bytes: Array("a secret of 24 bytes or so".utf8.prefix(24)))

    static func bot(
        _ delivery: Delivery = .socket,
        id: String = "bot_Rooms",
        commands: [Command] = [bookings],
        secrets: [WebhookSecret] = [secret]
    ) -> SnapshotBot {
        SnapshotBot(
            id: id,
            company: company.domain,
            name: "예약봇",
            commands: commands,
            delivery: delivery,
            webhookSecrets: secrets
        )
    }

    /// Far ahead, so that MongoDB keeps what is stored whenever the tests run.
    static let created = Instant(milliseconds: 4_102_473_600_123)

    static func id(_ number: UInt64, milliseconds: Int64 = created.milliseconds) -> MessageID {
        MessageID(milliseconds: milliseconds, node: 7, loop: 0, number: number)
    }

    /// A message that runs; with a reply or a problem one that ended two seconds after it was sent.
    static func message(
        _ id: MessageID = id(1),
        from member: SnapshotMember = member,
        text: String = "/예약 회의실 10~11",
        bot: ResourceID = "bot_Rooms",
        reply: JSON.Object? = nil,
        problem: Problem? = nil,
        createdAt: Instant = created
    ) -> Message {
        var message = Message(id: id, request: NewMessage(text: text), member: member, now: createdAt)
        message.bot = .init(id: bot, name: "예약봇")
        message.command = bookings.name.text
        message.tokens = ["time": "10:00~11:00"]
        let end = createdAt.advanced(by: .seconds(2))
        if let reply { message.complete(reply, at: end) }
        if let problem { message.fail(problem, at: end) }
        return message
    }
}
