import BSON
import Directory
import Foundation
import Testing

@testable import Relay

/// The vectors of `readings.json`, which the Python SDK reads too.
struct ReadingVectors: Sendable {
    /// The company in which all of them are read.
    let company: TestCompany
    let all: [ReadingVector]

    /// Read once; throws what reading them threw.
    static var shared: ReadingVectors {
        get throws { try loaded.get() }
    }

    private static let loaded = Result { try ReadingVectors() }

    private init() throws {
        let url = try #require(Bundle.module.url(forResource: "readings", withExtension: "json"))
        let file = try JSON(parsing: Array(Data(contentsOf: url)))
        company = try TestCompany(file)
        let now = try #require(file["now"]?.string)
        let timeZone = try #require(file["time_zone"]?.string)
        all = try #require(file["groups"]?.array)
            .flatMap { group in
                try #require(group["vectors"]?.array)
                    .map { vector in
                        try ReadingVector(
                            vector,
                            about: #require(group["about"]?.string),
                            now: Instant(parsing: group["now"]?.string ?? now),
                            timeZone: group["time_zone"]?.string ?? timeZone
                        )
                    }
            }
    }
}

/// One text and what it means.
struct ReadingVector: Sendable, CustomTestStringConvertible {
    let about: String
    let text: String
    let bot: String?
    let now: Instant
    let timeZone: String
    let outcome: ReadingOutcome

    var testDescription: String { "\(about): \(text)" }

    fileprivate init(_ json: JSON, about: String, now: Instant, timeZone: String) throws {
        self.about = about
        self.now = now
        self.timeZone = timeZone
        text = try #require(json["text"]?.string)
        bot = json["bot"]?.string
        if let tokens = json["tokens"]?.object {
            outcome = .read(command: try #require(json["command"]?.string), tokens: tokens)
        } else {
            outcome = .refused(
                code: try #require(json["code"]?.string),
                command: json["command"]?.string,
                errors: try #require(json["errors"]?.array)
                    .map { try .init(token: $0["token"]?.string, code: #require($0["code"]?.string)) },
                suggestions: json["suggestions"]?.array?.compactMap(\.string) ?? []
            )
        }
    }
}

extension Instant {
    /// An RFC 3339 time in UTC without fraction.
    fileprivate init(parsing text: String) throws {
        let date = try Date(text, strategy: .iso8601)
        self.init(milliseconds: Int64(date.timeIntervalSince1970) * 1000)
    }
}
