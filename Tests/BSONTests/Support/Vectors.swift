import BSON
import Foundation
import Testing

/// A file of `Vectors/`: an array of objects of strings, one test case each.
struct Vectors {
    let rows: [JSON]

    init(_ file: String) {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Vectors/\(file)")
        do {
            rows = try JSON(parsing: [UInt8](Data(contentsOf: url))).array ?? []
        } catch {
            preconditionFailure("the vectors in \(url.path) cannot be read: \(error)")
        }
        precondition(!rows.isEmpty, "the vectors in \(url.path) are not a list, or an empty one")
    }

    /// A document that is sound, and what it looks like as JSON.
    struct Sound: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let json: String

        var testDescription: String { name }

        static let all = Vectors("documents.json").rows
            .map { row in
                Sound(name: row.text("name"), bytes: [UInt8](hex: row.text("hex")), json: row.text("json"))
            }
    }

    /// Bytes that are no document, and the error that says so.
    struct Corrupt: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let code: String

        var testDescription: String { name }

        static let all = Vectors("corrupt-documents.json").rows
            .map { row in
                Corrupt(name: row.text("name"), bytes: [UInt8](hex: row.text("hex")), code: row.text("code"))
            }
    }
}

extension JSON {
    fileprivate func text(_ key: String) -> String {
        guard let text = self[key]?.string else { preconditionFailure("a vector lacks \"\(key)\": \(self)") }
        return text
    }
}

extension [UInt8] {
    /// The bytes of hexadecimal digits.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        precondition(digits.count == hex.count && digits.count.isMultiple(of: 2), "not hexadecimal: \(hex)")
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
