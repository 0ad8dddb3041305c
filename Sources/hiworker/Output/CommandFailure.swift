import BSON
import Server

/// Why a command ends without having done its work.
struct CommandFailure: Error {
    let status: Outcome
    /// Sentences for people.
    let message: String
    /// What stands on standard error instead when JSON was asked for.
    var json: JSON?

    init(_ status: Outcome, _ message: String, json: JSON? = nil) {
        self.status = status
        self.message = message
        self.json = json
    }

    /// The failure behind an error of the modules below; nil for errors that are ArgumentParser's to explain.
    init?(_ error: any Error) {
        switch error {
        case let failure as CommandFailure:
            self = failure
        case let error as ConfigurationError:
            self.init(.wrongConfiguration, error.description)
        case let error as DataDirectoryError:
            self.init(.refused, error.description)
        case let error as PrivateMongodError:
            self.init(error.code == .noExecutable ? .wrongConfiguration : .unavailable, error.description)
        default:
            return nil
        }
    }

    /// Writes it to standard error.
    func report() {
        let text =
            json?.text
            ?? message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(" ") ? String($0) : "hiworker: \($0)" }
            .joined(separator: "\n")
        StandardStream.error.write(text + "\n")
    }
}
