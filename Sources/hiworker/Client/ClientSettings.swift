import Foundation

/// Where the server is and who calls it: flags over environment, an empty variable counting as unset.
struct ClientSettings {
    /// `http://127.0.0.1:8080`, without a slash at its end.
    let url: String
    let apiKey: String
    /// Nil trusts the system's certificates alone.
    let caFile: String?
    /// For `Accept-Language`.
    let language: String

    static let defaultURL = "http://127.0.0.1:8080"

    init(_ options: ClientOptions, environment: [String: String]) throws(CommandFailure) {
        let variables = environment.filter { !$0.value.isEmpty }
        url = try Self.serverURL(options.url ?? variables["HIWORKER_URL"] ?? Self.defaultURL)
        caFile = options.caFile ?? variables["HIWORKER_CA_FILE"]
        language = Self.language(variables)
        // Each layer decides by itself, so that a flag wins over the environment in either form.
        var key = try Self.secret(options.apiKey, file: options.apiKeyFile, called: "--api-key", "--api-key-file")
        if key == nil {
            key = try Self.secret(
                variables["HIWORKER_API_KEY"],
                file: variables["HIWORKER_API_KEY_FILE"],
                called: "HIWORKER_API_KEY",
                "HIWORKER_API_KEY_FILE"
            )
        }
        guard let key else {
            throw CommandFailure(
                .keyRefused,
                "This needs an API key: set HIWORKER_API_KEY (or --api-key-file). The first admin key of a server stands in "
                    + "admin.key in its data directory."
            )
        }
        apiKey = key
    }

    /// For calls in the name of a key that was just made.
    init(url: String, apiKey: String, caFile: String?) {
        self.url = url
        self.apiKey = apiKey
        self.caFile = caFile
        language = Self.language(ProcessInfo.processInfo.environment)
    }

    private static func serverURL(_ text: String) throws(CommandFailure) -> String {
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
            parts.host?.isEmpty == false,
            parts.query == nil, parts.fragment == nil, parts.user == nil
        else {
            throw CommandFailure(
                .wrongConfiguration,
                "HIWORKER_URL (or --url) is ‘\(text)’; it must be the server's address, such as https://chat.example.com."
            )
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func secret(
        _ value: String?,
        file: String?,
        called name: String,
        _ fileName: String
    ) throws(CommandFailure) -> String? {
        guard let file else { return value }
        guard value == nil else {
            throw CommandFailure(.wrongConfiguration, "\(name) and \(fileName) are both set; set one of them.")
        }
        let content = FileManager.default.contents(atPath: file).flatMap { String(data: $0, encoding: .utf8) }
        let secret = content?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard !secret.isEmpty else {
            throw CommandFailure(.wrongConfiguration, "\(fileName) is ‘\(file)’, which cannot be read or is empty.")
        }
        return secret
    }

    /// `ko` for `LANG=ko_KR.UTF-8`, by POSIX's order of the variables.
    static func language(_ variables: [String: String]) -> String {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
        return locale?.hasPrefix("ko") == true ? "ko" : "en"
    }
}
