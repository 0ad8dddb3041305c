import Configuration

/// One row of the configuration table: what it is called as a variable and as a flag, and what it accepts.
package struct Setting: Sendable, Hashable {
    /// `["mongodb", "uri"]` is `HIWORKER_MONGODB_URI` and `--mongodb-uri`.
    private let words: [String]
    /// One sentence for help texts.
    package let summary: String
    /// What stands in the table's second column; nil when unset means something that the summary tells.
    package let defaultText: String?
    /// Completes “must be …” in an error.
    package let accepts: String
    /// Its value is never printed, and it has a `…_FILE` form.
    package let isSecret: Bool

    private init(
        _ words: String...,
        summary: String,
        defaultText: String? = nil,
        accepts: String,
        isSecret: Bool = false
    ) {
        self.words = words
        self.summary = summary
        self.defaultText = defaultText
        self.accepts = accepts
        self.isSecret = isSecret
    }

    /// Its environment variable.
    package var variable: String {
        (["hiworker"] + words).map { $0.uppercased() }.joined(separator: "_")
    }

    /// Its flag without the leading dashes.
    package var flag: String { words.joined(separator: "-") }

    /// The variable that names a file with a secret.
    package var fileVariable: String { variable + "_FILE" }

    /// The flag that names a file with a secret, without the leading dashes.
    package var fileFlag: String { flag + "-file" }

    /// `EnvironmentVariablesProvider` makes the variable's name from it.
    var key: ConfigKey { ConfigKey(["hiworker"] + words) }
}

extension Setting {
    package static let host = Setting(
        "host",
        summary: "Address to listen on; 0.0.0.0 or :: for all.",
        defaultText: "127.0.0.1",
        accepts: "an IP address or a host name"
    )
    package static let port = Setting(
        "port",
        summary: "Port to listen on; 0 for any free one.",
        defaultText: "8080",
        accepts: "a whole number from 0 to 65535"
    )
    package static let role = Setting(
        "role",
        summary: "What this process is: the key server, the relay, or both.",
        defaultText: "all",
        accepts: "all, keys or relay"
    )
    package static let mongodbURI = Setting(
        "mongodb",
        "uri",
        summary: "The replica set that holds the directory. Unset starts a private mongod.",
        accepts: "a connection string that starts with mongodb:// or mongodb+srv://",
        isSecret: true
    )
    package static let mongodbDatabase = Setting(
        "mongodb",
        "database",
        summary: "Name of the database.",
        defaultText: "hiworker",
        accepts: "1 to 63 bytes without spaces or any of / \\ . \" $ * < > : | ? and none of admin, config, local"
    )
    package static let dataDirectory = Setting(
        "data",
        "dir",
        summary: "Folder of the private mongod's files and of admin.key.",
        defaultText: ".hiworker",
        accepts: "a path"
    )
    package static let mongod = Setting(
        "mongod",
        summary: "The private mongod's program. Unset looks on PATH, then for the one that the set-up installed.",
        accepts: "a path"
    )
    package static let adminKey = Setting(
        "admin",
        "key",
        summary: "Admin key of the platform, added when absent. Unset makes one and writes it to admin.key.",
        accepts: "hwa_ and 36 letters and digits: a key that hiworker made",
        isSecret: true
    )
    package static let tlsCertificate = Setting(
        "tls",
        "certificate",
        summary: "PEM file with the certificate and its intermediates. Unset serves plain HTTP.",
        accepts: "a path, together with the key's"
    )
    package static let tlsKey = Setting(
        "tls",
        "key",
        summary: "PEM file with the certificate's private key.",
        accepts: "a path, together with the certificate's"
    )
    package static let webhookAllow = Setting(
        "webhook",
        "allow",
        summary: "Private networks that webhooks may reach, such as 10.0.0.0/8,fd00::/8.",
        accepts: "IP networks such as 10.0.0.0/8, separated by commas or spaces"
    )
    package static let historyDays = Setting(
        "history",
        "days",
        summary: "Days that messages are kept; 0 keeps none.",
        defaultText: "90",
        accepts: "a whole number from 0 to 3650"
    )
    package static let messagesPerSecond = Setting(
        "messages",
        "per",
        "second",
        summary: "Messages per second and member, with a burst of twice that; 0 is no limit.",
        defaultText: "50",
        accepts: "a whole number from 0 to 100000"
    )
    package static let drainSeconds = Setting(
        "drain",
        "seconds",
        summary: "Seconds that a stopping server waits for messages in hand.",
        defaultText: "10",
        accepts: "a whole number from 0 to 3600"
    )
    package static let logLevel = Setting(
        "log",
        "level",
        summary: "Least level that is logged.",
        defaultText: "info",
        accepts: "trace, debug, info, notice, warning, error or critical"
    )
    package static let logFormat = Setting(
        "log",
        "format",
        summary: "How log lines look, for people or for machines.",
        defaultText: "text",
        accepts: "text or json"
    )

    /// The rows in the order of the documentation.
    package static let all: [Setting] = [
        host, port, role, mongodbURI, mongodbDatabase, dataDirectory, mongod, adminKey, tlsCertificate, tlsKey,
        webhookAllow, historyDays, messagesPerSecond, drainSeconds, logLevel, logFormat,
    ]
}
