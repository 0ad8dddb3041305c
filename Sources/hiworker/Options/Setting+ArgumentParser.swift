import ArgumentParser
import Server

extension NameSpecification {
    /// `--mongodb-uri`
    static func flag(_ setting: Setting) -> NameSpecification {
        .customLong(setting.flag)
    }

    /// `--mongodb-uri-file`
    static func fileFlag(_ setting: Setting) -> NameSpecification {
        .customLong(setting.fileFlag)
    }
}

extension ArgumentHelp {
    /// What the setting is, its variable and its default.
    static func setting(_ setting: Setting, _ valueName: String) -> ArgumentHelp {
        let fallback = setting.defaultText.map { "; default: \($0)" } ?? ""
        return ArgumentHelp("\(setting.summary) (\(setting.variable)\(fallback))", valueName: valueName)
    }

    /// The file form of a secret.
    static func file(_ setting: Setting) -> ArgumentHelp {
        ArgumentHelp("File that holds it, for --\(setting.flag). (\(setting.fileVariable))", valueName: "file")
    }
}
