import ArgumentParser
import Server

/// Every setting of the server as a flag, in groups. Their values are texts: what they must be is said in one place, by
/// the configuration, for flags and variables alike.
struct ServerOptions: ParsableArguments {
    @OptionGroup(title: "Listener") var address: AddressOptions
    @OptionGroup(title: "Listener") var tls: TLSOptions
    @OptionGroup(title: "Storage") var storage: StorageOptions
    @OptionGroup(title: "Relaying") var relaying: RelayingOptions
    @OptionGroup(title: "Running") var role: RoleOption
    @OptionGroup(title: "Running") var running: RunningOptions

    var flags: [String: String] {
        .flags(of: [address.flags, tls.flags, storage.flags, relaying.flags, role.flags, running.flags])
    }
}

struct AddressOptions: ParsableArguments {
    @Option(name: .flag(.host), help: .setting(.host, "address")) var host: String?
    @Option(name: .flag(.port), help: .setting(.port, "port")) var port: String?

    var flags: [String: String] { .flags((.host, host), (.port, port)) }
}

struct TLSOptions: ParsableArguments {
    @Option(name: .flag(.tlsCertificate), help: .setting(.tlsCertificate, "file"), completion: .file())
    var tlsCertificate: String?
    @Option(name: .flag(.tlsKey), help: .setting(.tlsKey, "file"), completion: .file()) var tlsKey: String?

    var flags: [String: String] { .flags((.tlsCertificate, tlsCertificate), (.tlsKey, tlsKey)) }
}

struct RoleOption: ParsableArguments {
    @Option(name: .flag(.role), help: .setting(.role, "all|keys|relay"), completion: .list(["all", "keys", "relay"]))
    var role: String?

    var flags: [String: String] { .flags((.role, role)) }
}

struct StorageOptions: ParsableArguments {
    @Option(name: .flag(.mongodbURI), help: .setting(.mongodbURI, "uri")) var mongodbURI: String?
    @Option(name: .fileFlag(.mongodbURI), help: .file(.mongodbURI)) var mongodbURIFile: String?
    @Option(name: .flag(.mongodbDatabase), help: .setting(.mongodbDatabase, "name")) var mongodbDatabase: String?
    @Option(name: .flag(.dataDirectory), help: .setting(.dataDirectory, "folder"), completion: .directory)
    var dataDirectory: String?
    @Option(name: .flag(.mongod), help: .setting(.mongod, "file"), completion: .file()) var mongod: String?

    var flags: [String: String] {
        var flags: [String: String] = .flags(
            (.mongodbURI, mongodbURI),
            (.mongodbDatabase, mongodbDatabase),
            (.dataDirectory, dataDirectory),
            (.mongod, mongod)
        )
        flags[Setting.mongodbURI.fileFlag] = mongodbURIFile
        return flags
    }
}

struct RelayingOptions: ParsableArguments {
    @Option(name: .flag(.webhookAllow), help: .setting(.webhookAllow, "networks")) var webhookAllow: String?
    @Option(name: .flag(.historyDays), help: .setting(.historyDays, "days")) var historyDays: String?
    @Option(name: .flag(.messagesPerSecond), help: .setting(.messagesPerSecond, "number"))
    var messagesPerSecond: String?

    var flags: [String: String] {
        .flags((.webhookAllow, webhookAllow), (.historyDays, historyDays), (.messagesPerSecond, messagesPerSecond))
    }
}

struct RunningOptions: ParsableArguments {
    @Option(name: .flag(.adminKey), help: .setting(.adminKey, "key")) var adminKey: String?
    @Option(name: .fileFlag(.adminKey), help: .file(.adminKey)) var adminKeyFile: String?
    @Option(name: .flag(.drainSeconds), help: .setting(.drainSeconds, "seconds")) var drainSeconds: String?
    @Option(name: .flag(.logLevel), help: .setting(.logLevel, "level")) var logLevel: String?
    @Option(name: .flag(.logFormat), help: .setting(.logFormat, "text|json")) var logFormat: String?

    var flags: [String: String] {
        var flags: [String: String] = .flags(
            (.adminKey, adminKey),
            (.drainSeconds, drainSeconds),
            (.logLevel, logLevel),
            (.logFormat, logFormat)
        )
        flags[Setting.adminKey.fileFlag] = adminKeyFile
        return flags
    }
}

extension [String: String] {
    /// The flags of several groups.
    static func flags(of groups: [[String: String]]) -> [String: String] {
        groups.reduce([:]) { $0.merging($1) { $1 } }
    }

    /// The flags that were given, by their names.
    fileprivate static func flags(_ values: (setting: Setting, value: String?)...) -> [String: String] {
        values.reduce(into: [:]) { flags, pair in flags[pair.setting.flag] = pair.value }
    }
}
