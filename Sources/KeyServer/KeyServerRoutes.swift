public import API
public import BSON
public import Directory
public import Hummingbird

/// The REST resources that administrators use: companies, bots, members and keys.
///
/// An administrator of the platform sees everything, one of a company only that company: another's things look as if
/// they were not there, and calls that concern the whole platform are refused.
public struct KeyServerRoutes: Sendable {
    private let directory: Directory
    private let presence: @Sendable (_ botID: String) -> JSON?
    private let look: @Sendable (_ botIDs: [String]) async -> Void

    /// - Parameters:
    ///   - directory: Where everything is stored.
    ///   - presence: Whether a bot can be reached, as `presence` of the bot; nil where the process is no relay.
    ///   - look: brings the presence of bots up to date before somebody is told of it.
    public init(
        directory: Directory,
        presence: @escaping @Sendable (_ botID: String) -> JSON? = { _ in nil },
        look: @escaping @Sendable (_ botIDs: [String]) async -> Void = { _ in }
    ) {
        self.directory = directory
        self.presence = presence
        self.look = look
    }

    /// Adds every route of the key server, behind ``Authentication``.
    public func add(to router: Router<APIRequestContext>) {
        let directory = directory
        let group = router.group("v1").add(middleware: Authentication { directory.snapshot })
        CompanyRoutes(directory: directory).add(to: group)
        BotRoutes(directory: directory, presence: presence, look: look).add(to: group)
        MemberRoutes(directory: directory).add(to: group)
        KeyRoutes(directory: directory).add(to: group)
    }
}
