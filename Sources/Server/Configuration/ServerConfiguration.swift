public import API
public import Directory
public import Logging
public import Relay

/// Everything that a server is told before it starts, one property for one row of the configuration table (``Setting``).
///
/// A value of this type is complete and within bounds: ``init(reading:)`` refuses anything else.
public struct ServerConfiguration: Sendable, Equatable {
    /// The address that the listener binds: an IP address without brackets, or a name that resolves to one.
    public var host = "127.0.0.1"
    /// 0 to 65535; 0 lets the system choose a free one.
    public var port = 8080
    public var role = Role.all
    /// A connection string of a replica set, with its credentials; nil starts a ``PrivateMongod``.
    public var mongodbURI: String?
    /// 1 to 63 bytes, by MongoDB's rules for names.
    public var mongodbDatabase = "hiworker"
    /// Holds the private mongod's files and `admin.key`; made when it is missing. Relative to the working directory.
    public var dataDirectory = ".hiworker"
    /// The mongod to run when ``mongodbURI`` is nil; nil looks for one (``MongodExecutable``).
    public var mongodExecutable: String?
    /// The secret of a platform admin key that is added when it is absent; nil makes one (``AdminKeyFile``).
    public var adminKey: APIKeySecret?
    /// Nil serves plain HTTP.
    public var tls: TLSFiles?
    /// The private networks that webhooks may reach; public addresses are always allowed.
    public var webhookAllow: [CIDR] = []
    /// How long messages are kept, 0 to 3650 days; 0 keeps no history.
    public var historyDays = 90
    /// What one member may send, 0 to 100000, with a burst of twice that; 0 is no limit.
    public var messagesPerSecond = 50
    /// How long a stopping server waits for messages in hand: whole seconds, 0 to 3600.
    public var drain = Duration.seconds(10)
    public var logLevel = Logger.Level.info
    public var logFormat = LogFormat.text

    /// The defaults.
    public init() {}

    /// PEM files that make the listener speak TLS. They are read when the server starts.
    public struct TLSFiles: Sendable, Equatable {
        /// The certificate, followed by its intermediates.
        public var certificate: String
        /// The private key of the certificate, without a pass phrase.
        public var key: String

        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// How a log line is written to standard error.
    public enum LogFormat: String, Sendable, CaseIterable {
        /// For people: time, level, message, `key=value`.
        case text
        /// For machines: one JSON object a line.
        case json
    }
}
