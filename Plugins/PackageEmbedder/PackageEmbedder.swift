import Foundation

/// `PackageEmbedder <folder of a Python package> <Swift file to write>`: the package's sources as one Swift constant.
@main
enum PackageEmbedder {
    /// Stands in no Python source, so that nothing in one ends its literal.
    private static let delimiter = "####"

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else {
            throw CocoaError(.fileNoSuchFile, userInfo: [NSDebugDescriptionErrorKey: "A folder and a file are needed."])
        }
        let folder = URL(filePath: arguments[1], directoryHint: .isDirectory)
        var source = """
            /// The sources of the Python package, by their paths in it.
            enum PackageFiles {
                static let all: [(path: String, text: String)] = [

            """
        for path in try paths(in: folder) {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            source += "(\"\(folder.lastPathComponent)/\(path)\", \(literal(text))),\n"
        }
        source += "    ]\n}\n"
        try source.write(to: URL(filePath: arguments[2]), atomically: true, encoding: .utf8)
    }

    private static func paths(in folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path(percentEncoded: false))
            .filter { $0.hasSuffix(".py") || $0.hasSuffix("py.typed") }
            .sorted()
    }

    private static func literal(_ text: String) -> String {
        "\(delimiter)\"\"\"\n\(text)\n\"\"\"\(delimiter)"
    }
}
