import Foundation
import PackagePlugin

/// Puts the files of the Python package into the target that uses it, as Swift source, so that the server hands out the
/// package that it was built with and needs no file beside it.
@main
struct EmbedPackage: BuildToolPlugin {
    /// Where the package is, from the root of the repository.
    private static let package = "python/src/hiworker"

    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: Self.package)
        let output = context.pluginWorkDirectoryURL.appending(path: "PackageFiles.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(Self.package)",
                executable: try context.tool(named: "PackageEmbedder").url,
                arguments: [folder.path(percentEncoded: false), output.path(percentEncoded: false)],
                inputFiles: Self.files(in: folder),
                outputFiles: [output]
            )
        ]
    }

    /// What changes the package when it changes.
    private static func files(in folder: URL) -> [URL] {
        let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (found?.compactMap { $0 as? URL } ?? []).filter { ["py", "typed"].contains($0.pathExtension) }
    }
}
