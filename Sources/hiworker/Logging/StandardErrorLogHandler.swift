import Foundation
import Logging
import Server

/// Writes log records to standard error, one line each, in one piece: lines of several threads do not mix.
struct StandardErrorLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let format: ServerConfiguration.LogFormat

    init(level: Logger.Level, format: ServerConfiguration.LogFormat) {
        logLevel = level
        self.format = format
    }

    /// Makes it the handler of all loggers of this process. To be called once, before the first logger is made.
    static func bootstrap(_ configuration: ServerConfiguration) {
        let handler = StandardErrorLogHandler(level: configuration.logLevel, format: configuration.logFormat)
        LoggingSystem.bootstrap { _ in handler }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error { all["error"] = "\(error)" }
        let line = LogLine(date: Date(), level: event.level, message: "\(event.message)", metadata: all)
        let text = format == .json ? line.json : line.text
        StandardStream.error.write(text + "\n")
    }
}
