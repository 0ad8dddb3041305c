import ArgumentParser

/// Whose keys a command is about: exactly one of three.
struct KeyOwner: ParsableArguments {
    @Option(help: ArgumentHelp("Keys of this bot.", valueName: "id")) var bot: String?
    @Option(help: ArgumentHelp("Keys of this member.", valueName: "id")) var member: String?
    @Option(help: ArgumentHelp("Admin keys of this company.", valueName: "domain")) var company: String?

    func validate() throws {
        guard [bot, member, company].compactMap({ $0 }).count == 1 else {
            throw ValidationError("Say whose keys: one of --bot, --member and --company.")
        }
    }

    /// The list of the owner's keys.
    var path: String {
        if let bot { return "\(BotCommands.path(bot))/keys" }
        if let member { return "\(MemberCommands.path(member))/keys" }
        return "\(CompanyCommands.path(company ?? ""))/keys"
    }
}
