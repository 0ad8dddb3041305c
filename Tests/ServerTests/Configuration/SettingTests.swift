import Testing

@testable import Server

@Suite struct `The table of settings` {
    @Test(arguments: [
        (Setting.host, "HIWORKER_HOST", "host"), (.mongodbURI, "HIWORKER_MONGODB_URI", "mongodb-uri"),
        (.messagesPerSecond, "HIWORKER_MESSAGES_PER_SECOND", "messages-per-second"),
        (.dataDirectory, "HIWORKER_DATA_DIR", "data-dir"),
    ])
    func `names variable and flag alike`(_ setting: Setting, _ variable: String, _ flag: String) {
        #expect(setting.variable == variable)
        #expect(setting.flag == flag)
    }

    @Test func `says the defaults that the configuration has`() throws {
        let defaults = Dictionary(
            uniqueKeysWithValues: Setting.all.compactMap { setting in setting.defaultText.map { (setting.flag, $0) } }
        )
        let configuration = try ServerConfiguration(reading: .settings(flags: defaults, environment: [:]))
        #expect(configuration == ServerConfiguration())
    }
}
