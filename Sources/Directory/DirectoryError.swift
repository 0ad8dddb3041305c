/// Why the directory did not do what it was asked.
public enum DirectoryError: Error, Sendable, Equatable {
    /// MongoDB could not be reached in time, or this process has not yet seen its own write come back.
    case storageUnavailable(String)
    /// Another company has this domain.
    case companyExists
    /// Another bot of the company has this command.
    case commandTaken(command: CommandName, bot: String, botName: String)
    /// The company, bot or member named does not exist.
    case notFound
}
