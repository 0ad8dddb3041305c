import Foundation

/// A checkout of this project, where the demo's bot and the Python to run it with are.
struct Checkout {
    /// The bot's package.
    private static let bot = "python/examples/meeting_rooms"
    /// From `.build/<triple>/<configuration>/hiworker` up to the checkout, and one more.
    private static let ancestors = 5

    let root: URL

    /// The one that the working directory or this program stands in.
    ///
    /// Throws ``CommandFailure`` when there is none, or when it was not set up.
    init(
        workingDirectory: String = FileManager.default.currentDirectoryPath,
        program: String? = Bundle.main.executablePath
    ) throws(CommandFailure) {
        var folder = URL(filePath: program ?? workingDirectory).resolvingSymlinksInPath()
        var candidates = [URL(filePath: workingDirectory, directoryHint: .isDirectory)]
        for _ in 0..<Self.ancestors {
            folder.deleteLastPathComponent()
            candidates.append(folder)
        }
        guard let root = candidates.first(where: { Self.exists("\(Self.bot)/bot.py", in: $0) }) else {
            throw CommandFailure(
                .wrongConfiguration,
                "The demo's bot was not found. Run ‘make run’ in a checkout of hiworker, or ‘hiworker serve’ without a bot."
            )
        }
        guard Self.exists(".venv/bin/python", in: root) else {
            throw CommandFailure(
                .wrongConfiguration,
                "The demo's bot needs a Python with its packages, which is not set up in \(Self.path(root)). Run ‘make run’ there."
            )
        }
        self.root = root
    }

    var python: String { Self.path(root.appending(path: ".venv/bin/python")) }

    /// Where Python finds the packages `meeting_rooms` and `hiworker`.
    var pythonPath: String {
        ["python/examples", "python/src"].map { Self.path(root.appending(path: $0)) }.joined(separator: ":")
    }

    private static func exists(_ path: String, in root: URL) -> Bool {
        FileManager.default.fileExists(atPath: Self.path(root.appending(path: path)))
    }

    private static func path(_ url: URL) -> String {
        url.path(percentEncoded: false)
    }
}
