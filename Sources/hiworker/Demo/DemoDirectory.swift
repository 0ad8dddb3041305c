import BSON

/// The demo's company, bot and member on a running server: found again when they are there, made when not.
struct DemoDirectory {
    static let company = "example.com"
    static let memberName = "김하나"
    private static let botName = "회의실 예약"
    /// Marks what the demo made in the `metadata` of bot and member.
    private static let mark = "hiworker_demo"
    /// More bots and members than these in the demo's company are not looked through.
    private static let lookThrough = 10_000

    let client: APIClient

    /// Registers the company unless it is there.
    func ensureCompany() async throws {
        do {
            _ = try await client.post(
                "/v1/companies",
                ["domain": .string(Self.company), "name": "Example", "timezone": "Asia/Seoul"]
            )
        } catch let failure as CommandFailure where failure.code == "company_exists" {
            return
        }
    }

    /// Registers the bot unless it is there, and returns its id and a fresh key; keys of earlier demos stop working.
    func ensureBot() async throws -> (id: String, key: String) {
        if let id = try await marked("bots") {
            // An earlier demo may have had it at a webhook.
            _ = try await client.patch(BotCommands.path(id), ["delivery": ["type": "socket"]])
            return (id, try await renewKey(BotCommands.path(id)))
        }
        let answer = try await client.post(
            "\(CompanyCommands.path(Self.company))/bots",
            [
                "name": .string(Self.botName), "description": "회의실을 예약하고 취소합니다.",
                "metadata": [Self.mark: true],
            ]
        )
        return Self.idAndKey(answer.body, "bot")
    }

    /// The rooms that the bot declares, once it is connected and has declared its commands; nil before.
    func rooms(ofBot id: String) async throws -> [String]? {
        let bot = try await client.get(BotCommands.path(id))
        guard bot["presence"]?["online"] == true, let commands = bot["commands"]?.array, !commands.isEmpty else {
            return nil
        }
        let tokens = commands.compactMap { $0["tokens"]?.array }.joined()
        return tokens.lazy.compactMap { $0["values"]?.array }.first?.compactMap(\.string) ?? []
    }

    /// Registers the member unless they are there, and returns their id and a fresh key; keys of earlier demos stop
    /// working.
    func ensureMember() async throws -> (id: String, key: String) {
        guard let id = try await marked("members") else {
            let answer = try await client.post(
                "\(CompanyCommands.path(Self.company))/members",
                ["name": .string(Self.memberName), "metadata": [Self.mark: true]]
            )
            return Self.idAndKey(answer.body, "member")
        }
        return (id, try await renewKey(MemberCommands.path(id)))
    }

    private static func idAndKey(_ body: JSON.Object, _ owner: String) -> (id: String, key: String) {
        (body[owner]?["id"]?.string ?? "", body["key"]?["secret"]?.string ?? "")
    }

    /// Makes a key for a bot or member and revokes those before it.
    private func renewKey(_ owner: String) async throws -> String {
        let keys = "\(owner)/keys"
        let old = try await client.list(keys, limit: Self.lookThrough)["items"]?.array ?? []
        let key = try await client.post(keys, [:]).body
        for oldID in old.compactMap({ $0.object?["id"]?.string }) {
            try await client.delete("/v1/keys/\(APIClient.escaped(oldID))")
        }
        return key["secret"]?.string ?? ""
    }

    /// The id of the bot or member of the company that an earlier demo made.
    private func marked(_ kind: String) async throws -> String? {
        let list = try await client.list("\(CompanyCommands.path(Self.company))/\(kind)", limit: Self.lookThrough)
        let found = (list["items"]?.array ?? []).compactMap(\.object)
            .first { item in
                item["metadata"]?.object?[Self.mark]?.bool == true
            }
        return found?["id"]?.string
    }
}
