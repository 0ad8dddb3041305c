import API
import Directory

extension Directory {
    /// Stores what a bot declares over its socket.
    func declare(_ bot: ResourceID, _ commands: [Command]) async throws(Problem) {
        var patch = BotPatch()
        patch.commands = commands
        let updated: Bot?
        do throws(DirectoryError) {
            updated = try await updateBot(bot.text, patch)
        } catch {
            throw Problem(directory: error)
        }
        guard updated != nil else { throw Problem(.notFound) }
    }
}
