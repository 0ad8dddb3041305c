import Foundation

/// Finds the mongod to run.
struct MongodExecutable {
    /// What `HIWORKER_MONGOD` names.
    var configured: String?
    /// The value of `PATH`.
    var searchPath = ProcessInfo.processInfo.environment["PATH"] ?? ""
    var workingDirectory = FileManager.default.currentDirectoryPath
    /// The path of this program: the set-up installs into the checkout that it was built in.
    var program = Bundle.main.executablePath

    /// Where the set-up puts a mongod, seen from the root of a checkout.
    private static let installed = ".venv/bin/mongod"
    /// From `.build/<triple>/<configuration>/hiworker` up to the checkout, and one more.
    private static let ancestors = 5

    /// The path of an executable file: the configured one, else one on `PATH`, else one that the set-up installed beside
    /// the working directory or this program.
    func find() throws(PrivateMongodError) -> String {
        if let configured {
            guard isExecutable(configured) else {
                throw PrivateMongodError(
                    .noExecutable,
                    "HIWORKER_MONGOD (--mongod) is ‘\(configured)’, which is no program that this user may run."
                )
            }
            return configured
        }
        let onPath = searchPath.split(separator: ":").map { "\($0)/mongod" }
        guard let found = (onPath + installedCandidates).first(where: isExecutable) else {
            throw PrivateMongodError(
                .noExecutable,
                "No mongod was found on PATH or at \(Self.installed). Name one with HIWORKER_MONGOD (--mongod), name a "
                    + "MongoDB replica set with HIWORKER_MONGODB_URI (--mongodb-uri), or run ‘make run’ in a checkout, "
                    + "which installs one."
            )
        }
        return found
    }

    private var installedCandidates: [String] {
        var candidates = ["\(workingDirectory)/\(Self.installed)"]
        guard let program else { return candidates }
        var folder = URL(filePath: program).resolvingSymlinksInPath().deletingLastPathComponent()
        for _ in 0..<Self.ancestors {
            candidates.append(folder.appending(path: Self.installed).path(percentEncoded: false))
            folder.deleteLastPathComponent()
        }
        return candidates
    }

    private func isExecutable(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
