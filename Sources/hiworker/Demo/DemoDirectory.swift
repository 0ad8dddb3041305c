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

    /// Registers the bot at this address, or moves it there, and returns the secret that signs the calls to it.
    func ensureBot(webhook: String, commands: JSON) async throws -> String {
        var fields: JSON.Object = ["commands": commands]
        fields["delivery"] = ["type": "webhook", "url": .string(webhook)]
        if let id = try await marked("bots") {
            _ = try await client.patch(BotCommands.path(id), fields)
            let answer = try await client.post("\(BotCommands.path(id))/webhook_secret", ["overlap_seconds": 0])
            return answer.body["webhook_secret"]?.string ?? ""
        }
        fields["name"] = .string(Self.botName)
        fields["description"] = "회의실을 예약하고 취소합니다."
        fields["metadata"] = [Self.mark: true]
        let answer = try await client.post("\(CompanyCommands.path(Self.company))/bots", fields)
        return answer.body["webhook_secret"]?.string ?? ""
    }

    /// Registers the member unless they are there, and returns their id and a fresh key; keys of earlier demos stop
    /// working.
    func ensureMember() async throws -> (id: String, key: String) {
        guard let id = try await marked("members") else {
            let answer = try await client.post(
                "\(CompanyCommands.path(Self.company))/members",
                ["name": .string(Self.memberName), "metadata": [Self.mark: true]]
            )
            let id = answer.body["member"]?.object?["id"]?.string ?? ""
            return (id, answer.body["key"]?.object?["secret"]?.string ?? "")
        }
        let keys = "\(MemberCommands.path(id))/keys"
        let old = try await client.list(keys, limit: Self.lookThrough)["items"]?.array ?? []
        let key = try await client.post(keys, [:]).body
        for oldID in old.compactMap({ $0.object?["id"]?.string }) {
            try await client.delete("/v1/keys/\(APIClient.escaped(oldID))")
        }
        return (id, key["secret"]?.string ?? "")
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
