import ArgumentParser
import BSON

/// A JSON object on the command line: `'{"floor": 3}'`.
struct JSONObjectArgument: ExpressibleByArgument {
    let object: JSON.Object

    init?(argument: String) {
        guard let object = (try? JSON(parsing: argument))?.object else { return nil }
        self.object = object
    }
}

extension ArgumentHelp {
    /// Of `--metadata` wherever it stands.
    static let metadata = ArgumentHelp("Your own data, a JSON object; it replaces what was there.", valueName: "json")
}
