import BSON
import Mongo

/// Declaring commands, which a unique index keeps apart.
extension Directory {
    /// Carries out a write that declares these commands for a bot of the company. When the index refuses it, throws
    /// `commandTaken` with the first of the commands that another bot has.
    func declaring<Value: Sendable>(
        _ commands: [Command],
        in company: String,
        for bot: String,
        _ write: () async throws(MongoError) -> Value
    ) async throws(DirectoryError) -> Value {
        try await declaring(commands, for: bot, company: { () async throws(DirectoryError) in company }, write)
    }

    /// The same for a bot that is stored already.
    func declaring<Value: Sendable>(
        _ commands: [Command],
        ofBot bot: String,
        _ write: () async throws(MongoError) -> Value
    ) async throws(DirectoryError) -> Value {
        try await declaring(
            commands,
            for: bot,
            company: { () async throws(DirectoryError) in
                try await self.stored { () async throws(MongoError) in
                    try await self.collections.bots.findOne(["_id": .string(bot)], projection: [BotDocument.company: 1])
                }?[BotDocument.company]?.string
            },
            write
        )
    }

    private func declaring<Value: Sendable>(
        _ commands: [Command],
        for bot: String,
        company: () async throws(DirectoryError) -> String?,
        _ write: () async throws(MongoError) -> Value
    ) async throws(DirectoryError) -> Value {
        for _ in 0..<Self.maximumAttempts {
            let result = try await stored { () async throws(MongoError) -> Value? in
                do throws(MongoError) {
                    return try await write()
                } catch where error.code == .duplicateKey {
                    return nil
                }
            }
            if let result { return result }
            // When nobody has any of them by now, another bot let go of them meanwhile: once more.
            if let company = try await company(), let taken = try await taken(commands, in: company, by: bot) {
                throw taken
            }
        }
        throw .storageUnavailable("A unique index refuses the bot, but no other bot has one of its commands.")
    }

    /// How often a declaration is tried while other bots take and drop its commands.
    private static let maximumAttempts = 5

    /// Which of the commands which other bot has.
    private func taken(
        _ commands: [Command],
        in company: String,
        by bot: String
    ) async throws(DirectoryError) -> DirectoryError? {
        let names = commands.map { BSONValue.string($0.name.text) }
        let other = try await stored { () async throws(MongoError) in
            try await collections.bots.findOne([
                BotDocument.company: .string(company),
                BotDocument.commandNames: ["$in": .array(BSONArray(names))],
                BotDocument.id: ["$ne": .string(bot)],
            ])
        }
        guard let other else { return nil }
        let owner = try read(other, Bot.init)
        let theirs = Set(owner.commands.map(\.name))
        guard let command = commands.first(where: { theirs.contains($0.name) }) else { return nil }
        return .commandTaken(command: command.name, bot: owner.id, botName: owner.name)
    }
}
