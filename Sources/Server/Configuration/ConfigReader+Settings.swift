package import Configuration
import Foundation

extension ConfigReader {
    /// Flags over environment. What stands in neither has its default.
    ///
    /// - Parameters:
    ///   - flags: values by flag without its dashes, `["mongodb-uri": "mongodb://…"]`.
    ///   - environment: values by name of the variable; an empty one counts as unset, as an empty flag does.
    /// - Throws: ``ConfigurationError`` when a file with a secret cannot be read, or stands beside the secret itself.
    package static func settings(
        flags: [String: String],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> ConfigReader {
        // Files are read layer by layer: `--mongodb-uri` has to win over HIWORKER_MONGODB_URI_FILE.
        var problems: [String] = []
        let secrets = Setting.all.filter(\.isSecret)
        var variables = environment.filter(Self.isSet)
        for setting in secrets {
            let names = SecretNames(value: setting.variable, file: setting.fileVariable)
            names.readFile(into: &variables, problems: &problems)
        }
        var arguments = flags.filter(Self.isSet)
        for setting in secrets {
            let names = SecretNames(value: setting.flag, file: setting.fileFlag, prefix: "--")
            names.readFile(into: &arguments, problems: &problems)
        }
        guard problems.isEmpty else { throw ConfigurationError(problems) }

        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for setting in Setting.all {
            guard let text = arguments[setting.flag] else { continue }
            values[AbsoluteConfigKey(setting.key)] = ConfigValue(.string(text), isSecret: setting.isSecret)
        }
        return ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: values),
            EnvironmentVariablesProvider(
                environmentVariables: variables,
                secretsSpecifier: .specific(Set(secrets.map(\.variable)))
            ),
        ])
    }

    private static func isSet(_ name: String, _ value: String) -> Bool {
        !value.allSatisfy(\.isWhitespace)
    }
}

/// What a secret and the file that holds it are called in one layer.
private struct SecretNames {
    var value: String
    var file: String
    var prefix = ""

    /// A secret is short; a file beyond this is a mistake in the path.
    private static let maximumBytes = 64 * 1024

    /// Replaces the file's name by what stands in it, without white space around.
    func readFile(into layer: inout [String: String], problems: inout [String]) {
        guard let path = layer.removeValue(forKey: file) else { return }
        guard layer[value] == nil else {
            problems.append("\(prefix)\(value) and \(prefix)\(file) are both set; set one of them.")
            return
        }
        switch Self.contents(path) {
        case .success(let secret): layer[value] = secret
        case .failure(let reason): problems.append("\(prefix)\(file) is ‘\(path)’, \(reason.clause).")
        }
    }

    private struct Unreadable: Error {
        var clause: String
    }

    private static func contents(_ path: String) -> Result<String, Unreadable> {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            return .failure(Unreadable(clause: "which cannot be opened; name a file that this process may read"))
        }
        defer { try? handle.close() }
        guard let data = try? handle.read(upToCount: maximumBytes + 1) ?? Data() else {
            return .failure(Unreadable(clause: "which cannot be read; name a regular file"))
        }
        guard data.count <= maximumBytes, let text = String(data: data, encoding: .utf8) else {
            return .failure(Unreadable(clause: "which holds no secret: it is too long or not UTF-8"))
        }
        let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return secret.isEmpty ? .failure(Unreadable(clause: "which is empty")) : .success(secret)
    }
}
