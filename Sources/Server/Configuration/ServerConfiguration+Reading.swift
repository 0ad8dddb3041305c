import API
public import Configuration
import Directory
import Logging
import Relay

extension ServerConfiguration {
    /// Reads every setting: what a provider has for `hiworker.host`, `hiworker.mongodb.uri` and so on, else the default.
    ///
    /// - Throws: ``ConfigurationError`` with all that is malformed or out of bounds.
    public init(reading reader: ConfigReader) throws(ConfigurationError) {
        var settings = SettingReader(reader)
        self.init()

        host = settings.value(.host, Self.listeningAddress) ?? host
        port = settings.integer(.port, in: 0...65535) ?? port
        role = settings.name(.role, of: Role.self) ?? role
        mongodbURI = settings.value(.mongodbURI, Self.connectionString)
        mongodbDatabase = settings.value(.mongodbDatabase, Self.databaseName) ?? mongodbDatabase
        dataDirectory = settings.text(.dataDirectory) ?? dataDirectory
        mongodExecutable = settings.text(.mongod)
        adminKey = Self.adminKeySecret(&settings)
        tls = Self.tlsFiles(&settings)
        webhookAllow = Self.networks(&settings)
        historyDays = settings.integer(.historyDays, in: 0...3650) ?? historyDays
        messagesPerSecond = settings.integer(.messagesPerSecond, in: 0...100_000) ?? messagesPerSecond
        drain = settings.integer(.drainSeconds, in: 0...3600).map { .seconds($0) } ?? drain
        logLevel = settings.name(.logLevel, of: Logger.Level.self) ?? logLevel
        logFormat = settings.name(.logFormat, of: LogFormat.self) ?? logFormat

        guard settings.problems.isEmpty else { throw ConfigurationError(settings.problems) }
    }

    /// An IPv6 address may stand in brackets, as in a URL.
    private static func listeningAddress(_ text: String) -> String? {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = String(text.dropFirst().dropLast())
            return CIDR.addressBytes(inner)?.count == 16 ? inner : nil
        }
        if CIDR.addressBytes(text) != nil { return text }
        let isName = text.utf8.count <= 253 && text.utf8.allSatisfy { $0.isLetterOrDigit || $0 == 0x2d || $0 == 0x2e }
        // Digits and dots that are no address are a mistyped one, not a name.
        return isName && text.utf8.contains { !($0.isDigit || $0 == 0x2e) } ? text : nil
    }

    private static func connectionString(_ text: String) -> String? {
        text.hasPrefix("mongodb://") || text.hasPrefix("mongodb+srv://") ? text : nil
    }

    /// MongoDB's rules for names on all platforms; its own three databases are not for us.
    private static func databaseName(_ text: String) -> String? {
        let isAllowed =
            (1...63).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { $0.value > 0x20 && !"/\\.\"$*<>:|?".unicodeScalars.contains($0) }
            && !["admin", "config", "local"].contains(text)
        return isAllowed ? text : nil
    }

    private static func adminKeySecret(_ settings: inout SettingReader) -> APIKeySecret? {
        guard let text = settings.text(.adminKey) else { return nil }
        do throws(APIKeySecret.Flaw) {
            let secret = try APIKeySecret(parsing: text)
            if secret.kind == .admin { return secret }
            settings.refuse(.adminKey, text, because: "it is the key of a \(secret.kind.rawValue)")
        } catch {
            settings.refuse(.adminKey, text, because: Self.clause(error))
        }
        return nil
    }

    private static func clause(_ flaw: APIKeySecret.Flaw) -> String {
        switch flaw {
        case .prefix: "it does not start with hwa_"
        case .length: "it does not have \(APIKeySecret.length) characters"
        case .character: "it has a character that is neither letter nor digit"
        case .checksum: "its last six characters do not belong to the others: a typo"
        }
    }

    private static func tlsFiles(_ settings: inout SettingReader) -> TLSFiles? {
        switch (settings.text(.tlsCertificate), settings.text(.tlsKey)) {
        case (nil, nil): return nil
        case (let certificate?, let key?): return TLSFiles(certificate: certificate, key: key)
        case (_?, nil): settings.refuse(Self.incomplete(has: .tlsCertificate, lacks: .tlsKey))
        case (nil, _?): settings.refuse(Self.incomplete(has: .tlsKey, lacks: .tlsCertificate))
        }
        return nil
    }

    private static func incomplete(has one: Setting, lacks other: Setting) -> String {
        "\(one.variable) is set and \(other.variable) is not; set both for TLS, or neither for plain HTTP."
    }

    private static func networks(_ settings: inout SettingReader) -> [CIDR] {
        var networks: [CIDR] = []
        for word in (settings.text(.webhookAllow) ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            do throws(CIDR.ParsingError) {
                networks.append(try CIDR(parsing: String(word)))
            } catch {
                settings.refuse(.webhookAllow, String(word), because: error.message)
            }
        }
        return networks
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isLetterOrDigit: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }
}
