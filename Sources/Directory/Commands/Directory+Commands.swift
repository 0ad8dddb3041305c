import BSON
import Mongo

/// Declaring commands, which a unique index keeps apart.
extension Directory {
    /// Carries out a write that declares these commands for a bot. When the index refuses it, throws `commandTaken` with
    /// the first of the commands that another bot has.
    ///
    /// - Parameter company: The bot's; nil for that of the stored bot.
    func declaring<Value: Sendable>(
        _ commands: [Command],
        for bot: String,
        of company: String? = nil,
        _ write: () async throws(MongoError) -> Value
    ) async throws(DirectoryError) -> Value {
        for _ in 0..<Self.maximumAttempts {
            let result = try await stored { () async throws(MongoError) -> Value? in
                do throws(MongoError) {
                    return try await write()
                } catch let error where error.code == .duplicateKey {
                    return nil
                }
            }
            if let result { return result }
            // When nobody has any of them by now, another bot let go of them meanwhile: once more.
            if let taken = try await taken(commands, for: bot, of: company) { throw taken }
        }
        throw .storageUnavailable("A unique index refuses the bot, but no other bot has one of its commands.")
    }

    /// How often a declaration is tried while other bots take and drop its commands.
    private static let maximumAttempts = 5

    /// Which of the commands which other bot has.
    private func taken(
        _ commands: [Command],
        for bot: String,
        of company: String?
    ) async throws(DirectoryError) -> DirectoryError? {
        let home = if let company { company } else { try await storedCompany(ofBot: bot) }
        guard let home else { return nil }
        let names = commands.map { BSONValue.string($0.name.text) }
        let other = try await stored { () async throws(MongoError) in
            try await collections.bots.findOne([
                BotDocument.company: .string(home),
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
    private func storedCompany(ofBot id: String) async throws(DirectoryError) -> String? {
        let bot = try await stored { () async throws(MongoError) in
            try await collections.bots.findOne(["_id": .string(id)], projection: [BotDocument.company: 1])
        }
        return bot?[BotDocument.company]?.string
    }
}
