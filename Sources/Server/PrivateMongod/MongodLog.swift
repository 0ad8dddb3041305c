import BSON
import Foundation

/// The private mongod's own log, of which people are told the one line that matters.
struct MongodLog {
    let path: String

    /// A log beyond this is put aside when a mongod is started: one old log is kept, in all twice this.
    private static let maximumBytes = 16 * 1024 * 1024
    /// How much of the end is searched for a complaint.
    private static let tailBytes = 256 * 1024

    /// Puts a long log aside.
    func rotate() {
        guard size > Self.maximumBytes else { return }
        rename(path, path + ".previous")
    }

    /// Its length in bytes; 0 when there is none.
    var size: Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }

    /// The last complaint that was logged after a point in the file; nil when there is none.
    func complaint(after offset: Int) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        do {
            try handle.seek(toOffset: UInt64(max(offset, size - Self.tailBytes)))
            let data = try handle.read(upToCount: Self.tailBytes) ?? Data()
            return Self.complaint(in: String(decoding: data, as: UTF8.self))
        } catch {
            return nil
        }
    }

    /// The last fatal line or error that gives a reason, else the last without one, else the last line that is no JSON, as
    /// mongod writes before it has read its options.
    static func complaint(in text: String) -> String? {
        var plain: String?
        var message: String?
        var reasoned: String?
        for line in text.split(separator: "\n") {
            guard let object = (try? JSON(parsing: String(line)))?.object else {
                if !line.hasPrefix("{") { plain = String(line) }
                continue
            }
            guard let severity = object["s"]?.string, severity == "F" || severity == "E",
                let said = object["msg"]?.string?.trimmingCharacters(in: .whitespacesAndNewlines)
            else { continue }
            // What it says of its own end stands after the cause.
            if said == "Writing fatal message" || said.hasPrefix("***aborting") { continue }
            let attributes = object["attr"]?.object
            if let reason = attributes?["error"] ?? attributes?["reason"] ?? attributes?["message"] {
                reasoned = "\(said): \(reason.string ?? reason["errmsg"]?.string ?? reason.text)"
            } else {
                message = said
            }
        }
        return reasoned ?? message ?? plain
    }
}
