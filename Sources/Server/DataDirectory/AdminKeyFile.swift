package import Directory
import Foundation

/// `admin.key` in the data directory: the first admin key, when the server had to make one.
package struct AdminKeyFile: Sendable {
    private static let name = "admin.key"
    /// An older key that a new one displaced: it may belong to another database, where it is still good.
    private static let previousName = "admin.key.previous"

    private let directory: DataDirectory

    package init(in directory: DataDirectory) {
        self.directory = directory
    }

    /// Where it is, absolute.
    package var path: String { directory.file(Self.name) }

    /// The secret in it; nil when there is no such file, or none in it.
    package var secret: APIKeySecret? {
        directory.text(Self.name).flatMap { try? APIKeySecret(parsing: $0) }
    }

    /// Keeps a secret that was just made, readable by the owner of this process alone.
    ///
    /// Makes the directory when it is missing. When this fails the secret is lost, and the error says how to make another.
    package func write(_ secret: APIKeySecret) throws(DataDirectoryError) {
        do {
            try directory.create()
            if let old = self.secret, old != secret {
                rename(path, directory.file(Self.previousName))
            }
            try directory.write(secret.text, to: Self.name)
        } catch {
            throw DataDirectoryError(
                "\(error) An admin key was made and could not be kept; make another with ‘hiworker key admin’."
            )
        }
    }

    /// What to tell whoever started the server about a secret that was just made: where it is, and to a terminal, which no
    /// log collector reads, also what it is.
    package func announcement(of secret: APIKeySecret, toTerminal: Bool) -> String {
        let place = "The first admin key was made and written to \(path)"
        return toTerminal ? "\(place): \(secret.text)" : "\(place)."
    }
}
