import Testing

@testable import Directory

@Suite("A key in memory")
struct APIKeyTests {
    @Test("says what it was made of")
    func fields() {
        let key = APIKey(
            id: "key_1",
            kind: .bot,
            company: "example.com",
            owner: "bot_1",
            last4: "aB3z",
            createdAt: Instant(milliseconds: 1),
            expiresAt: Instant(milliseconds: 2),
            revokedAt: Instant(milliseconds: 3)
        )
        #expect(key.id == "key_1" && key.kind == .bot && key.company == "example.com" && key.owner == "bot_1")
        #expect(key.last4 == "aB3z" && key.createdAt.milliseconds == 1)
        #expect(key.expiresAt?.milliseconds == 2 && key.revokedAt?.milliseconds == 3)
    }

    @Test("knows what it does not have")
    func absences() {
        let key = APIKey(
            id: "key_1",
            kind: .admin,
            company: nil,
            owner: nil,
            last4: "aB3z",
            createdAt: Instant(milliseconds: 1)
        )
        #expect(key.company == nil && key.owner == nil && key.expiresAt == nil && key.revokedAt == nil)
    }

    @Test(
        "is refused from the millisecond on at which it expires, and as revoked whenever it is",
        arguments: [
            (99, false, nil), (100, false, .expired), (101, false, .expired), (1, true, .revoked),
            (200, true, .revoked),
        ]
            as [(Int64, Bool, KeyRefusal?)]
    )
    func refusal(now: Int64, isRevoked: Bool, refusal: KeyRefusal?) {
        let key = APIKey(
            id: "key_1",
            kind: .admin,
            company: nil,
            owner: nil,
            last4: "aB3z",
            createdAt: Instant(milliseconds: 1),
            expiresAt: Instant(milliseconds: 100),
            revokedAt: isRevoked ? Instant(milliseconds: 150) : nil
        )
        #expect(key.refusal(now: Instant(milliseconds: now)) == refusal)
    }
}
