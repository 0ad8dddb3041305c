/// How the program ends, for scripts. The numbers from 64 on are those of `sysexits.h`.
enum Outcome: Int32 {
    /// The server answered with a problem, or the command could not be carried out.
    case refused = 1
    /// `send`: the message was not answered, and will not be.
    case messageFailed = 2
    /// `send`: the bot is still working.
    case noReplyYet = 3
    /// `EX_USAGE`: the command line makes no sense. ArgumentParser uses it by itself.
    case wrongUsage = 64
    /// `EX_UNAVAILABLE`: no server or no MongoDB can be reached.
    case unavailable = 69
    /// `EX_NOPERM`: no API key, or one that the server does not accept.
    case keyRefused = 77
    /// `EX_CONFIG`: a variable or flag has a value that is not accepted.
    case wrongConfiguration = 78
}
