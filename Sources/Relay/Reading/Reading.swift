import BSON
import Directory

/// What was read from a text.
struct Reading: Sendable {
    /// The command that the text begins with, and its bot.
    let route: SnapshotRoute
    /// The values as on the wire, by key, in the order of the declaration. An optional token that was not typed is not
    /// here.
    let tokens: JSON.Object
}
