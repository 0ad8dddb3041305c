/// A collection's full name.
struct MongoNamespace: Sendable, Hashable, CustomStringConvertible {
    let database: String
    let collection: String

    var description: String { "\(database).\(collection)" }
}
