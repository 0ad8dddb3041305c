import Testing

@testable import Directory

@Suite("A snapshot")
struct SnapshotTests {
    private let now = Instant(milliseconds: 1_000)
    private let botSecret = APIKeySecret.random(.bot)
    private let memberSecret = APIKeySecret.random(.member)
    private let adminSecret = APIKeySecret.random(.admin)
    private let companyAdminSecret = APIKeySecret.random(.admin)

    private func tables() -> SnapshotTables {
        var tables = SnapshotTables()
        tables.put(SnapshotCompany(domain: "example.com", name: "Example", timeZone: "Asia/Seoul"))
        tables.put(bot("bot_1", ["/예약", "/예약 회의실"]))
        tables.put(SnapshotMember(id: "mem_1", company: "example.com", name: "김하나"))
        tables.put(key("key_b", botSecret, company: "example.com", owner: "bot_1"))
        tables.put(key("key_m", memberSecret, company: "example.com", owner: "mem_1"))
        tables.put(key("key_a", adminSecret, company: nil, owner: nil))
        tables.put(key("key_c", companyAdminSecret, company: "example.com", owner: nil))
        return tables
    }

    private func bot(_ id: String, company: String = "example.com", _ commands: [String], revision: Int64 = 1)
        -> SnapshotBot
    {
        SnapshotBot(
            id: id,
            company: company,
            name: id,
            commands: commands.map { Command(name: CommandName(trusting: $0)) },
            revision: revision
        )
    }

    private func key(
        _ id: String,
        _ secret: APIKeySecret,
        company: String?,
        owner: String?,
        expiresAt: Instant? = nil,
        revokedAt: Instant? = nil,
        revision: Int64 = 1
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
            ),
            revision: revision
        )
    }

    private func check(_ secret: APIKeySecret, in tables: SnapshotTables) -> Result<Caller, KeyRefusal> {
        Snapshot(tables: tables, version: 1).check(secret.text, now: now)
    }

    @Test("knows whose a key is")
    func callers() throws {
        let tables = tables()
        guard case .bot(let bot, let key) = try check(botSecret, in: tables).get() else { Issue.record(); return }
        #expect(bot.id == "bot_1" && key.id == "key_b")
        guard case .member(let member, _) = try check(memberSecret, in: tables).get() else { Issue.record(); return }
        #expect(member.id == "mem_1")
        guard case .admin(nil, let platform) = try check(adminSecret, in: tables).get() else { Issue.record(); return }
        #expect(platform.id == "key_a")
        guard case .admin("example.com", _) = try check(companyAdminSecret, in: tables).get() else {
            Issue.record()
            return
        }
    }

    @Test("refuses what is no key, and keys that nobody has")
    func refusals() {
        let snapshot = Snapshot(tables: tables(), version: 1)
        for text in ["", "hwb_", "Bearer", String(repeating: "a", count: 100_000), botSecret.text + " "] {
            guard case .failure(.malformed) = snapshot.check(text, now: now) else { Issue.record(); continue }
        }
        #expect(refusal(APIKeySecret.random(.bot), in: tables()) == .unknown)
    }

    @Test("lets nobody in whose bot, member or company is gone or going")
    func ownersGone() {
        let deletions: [(inout SnapshotTables) -> Void] = [
            { $0.removeCompany("example.com") },
            { tables in
                tables.put(
                    SnapshotCompany(
                        domain: "example.com",
                        name: "Example",
                        timeZone: "Asia/Seoul",
                        revision: 2,
                        isBeingDeleted: true
                    )
                )
            },
        ]
        for delete in deletions {
            var tables = tables()
            delete(&tables)
            for secret in [botSecret, memberSecret, companyAdminSecret] {
                #expect(refusal(secret, in: tables) == .unknown)
            }
            #expect(refusal(adminSecret, in: tables) == nil)
            let snapshot = Snapshot(tables: tables, version: 1)
            #expect(snapshot.company("example.com") == nil && snapshot.bot("bot_1") == nil)
            #expect(snapshot.member("mem_1") == nil && snapshot.bots(company: "example.com").isEmpty)
            #expect(snapshot.route(company: "example.com", command: "/예약") == nil)
        }
        var tables = tables()
        tables.removeBot("bot_1")
        tables.put(
            SnapshotMember(
                resourceID: "mem_1",
                company: "example.com",
                name: "김하나",
                email: nil,
                revision: 2,
                isBeingDeleted: true
            )
        )
        #expect(refusal(botSecret, in: tables) == .unknown && refusal(memberSecret, in: tables) == .unknown)
        #expect(tables.membersBeingDeleted == ["mem_1"])
        #expect(Snapshot(tables: tables, version: 1).members(company: "example.com").isEmpty)
    }

    @Test("tells revoked and expired keys from unknown ones, by secret and by id")
    func revokedAndExpired() {
        var tables = tables()
        tables.put(key("key_b", botSecret, company: "example.com", owner: "bot_1", revokedAt: now, revision: 2))
        tables.put(key("key_m", memberSecret, company: "example.com", owner: "mem_1", expiresAt: now, revision: 2))
        #expect(refusal(botSecret, in: tables) == .revoked && refusal(memberSecret, in: tables) == .expired)
        let snapshot = Snapshot(tables: tables, version: 1)
        guard case .failure(.revoked) = snapshot.check(keyID: "key_b", now: now),
            case .failure(.expired) = snapshot.check(keyID: "key_m", now: now),
            case .failure(.unknown) = snapshot.check(keyID: "key_x", now: now),
            case .success(.admin) = snapshot.check(keyID: "key_a", now: now)
        else {
            Issue.record()
            return
        }
        tables.removeKey("key_b")
        #expect(refusal(botSecret, in: tables) == .unknown)
    }

    @Test("routes commands to the bot that has them now")
    func routes() {
        var tables = tables()
        tables.put(SnapshotCompany(domain: "other.example", name: "Other", timeZone: "Asia/Seoul"))
        tables.put(bot("bot_2", company: "other.example", ["/예약"]))
        #expect(route("/예약", in: tables)?.bot.id == "bot_1")
        #expect(route("/예약 회의실", in: tables)?.command.name.text == "/예약 회의실")
        #expect(route("/예약 회의", in: tables) == nil)
        #expect(Snapshot(tables: tables, version: 1).route(company: "other.example", command: "/예약")?.bot.id == "bot_2")
        // The command goes over to another bot; the event of the first one's loss comes late.
        tables.put(bot("bot_3", ["/예약"]))
        tables.put(bot("bot_1", ["/예약 회의실", "/취소"], revision: 2))
        #expect(route("/예약", in: tables)?.bot.id == "bot_3")
        #expect(route("/취소", in: tables)?.bot.id == "bot_1")
        tables.removeBot("bot_1")
        #expect(route("/취소", in: tables) == nil && route("/예약 회의실", in: tables) == nil)
    }

    @Test("does not go back to an older revision, and takes the same one again")
    func revisions() {
        var tables = tables()
        let newer = tables.put(bot("bot_1", ["/새"], revision: 5))
        let older = tables.put(bot("bot_1", ["/헌"], revision: 4))
        #expect(newer && !older)
        #expect(route("/새", in: tables) != nil && route("/헌", in: tables) == nil)
        let same = tables.put(bot("bot_1", ["/손"], revision: 5))
        #expect(same)
        #expect(route("/손", in: tables) != nil && route("/새", in: tables) == nil)
        let olderKey = tables.put(key("key_b", botSecret, company: nil, owner: nil, revision: 0))
        #expect(!olderKey)
    }

    @Test("is not touched by later changes of what it was made of")
    func immutability() {
        var tables = tables()
        let before = Snapshot(tables: tables, version: 1)
        tables.removeBot("bot_1")
        tables.removeCompany("example.com")
        #expect(before.bot("bot_1") != nil && before.bots(company: "example.com").count == 1)
    }

    @Test("reaches those who hold a cache")
    func publishing() {
        let publisher = SnapshotPublisher()
        var cache = SnapshotCache(publisher)
        #expect(cache.current().version == 0)
        let next = Snapshot(tables: tables(), version: 1)
        publisher.publish(next)
        #expect(cache.current() === next && cache.current() === next)
        #expect(publisher.snapshot === next)
    }

    private func refusal(_ secret: APIKeySecret, in tables: SnapshotTables) -> KeyRefusal? {
        guard case .failure(let refusal) = check(secret, in: tables) else { return nil }
        return refusal
    }

    private func route(_ command: String, in tables: SnapshotTables) -> SnapshotRoute? {
        Snapshot(tables: tables, version: 1).route(company: "example.com", command: command)
    }
}
