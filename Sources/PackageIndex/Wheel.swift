import Crypto
import Foundation

/// The Python package as a wheel (PyPA binary distribution format 1.0), made of the files that the server was built with.
///
/// What stands in its metadata stands in `python/pyproject.toml` too; a test holds the two together.
struct Wheel: Sendable {
    /// `hiworker-1.0.0-py3-none-any.whl`
    let fileName: String
    let bytes: [UInt8]
    /// Of ``bytes``, in hexadecimal digits.
    let sha256: String

    static let requiresPython = ">=3.10"

    init(version: String) {
        let folder = "hiworker-\(version).dist-info"
        var files = PackageFiles.all.map { ($0.path, Array($0.text.utf8)) }
        files.append(("\(folder)/METADATA", Array(Self.metadata(version: version).utf8)))
        files.append(("\(folder)/WHEEL", Array(Self.format.utf8)))
        files.append(("\(folder)/entry_points.txt", Array("[pytest11]\nhiworker = hiworker.testing.plugin\n".utf8)))
        let record =
            files.map { path, content in "\(path),sha256=\(Self.urlSafe(SHA256.hash(data: content))),\(content.count)\n"
            }
            .joined() + "\(folder)/RECORD,,\n"
        files.append(("\(folder)/RECORD", Array(record.utf8)))
        var archive = ZipArchive()
        for (path, content) in files { archive.add(path, content) }
        bytes = archive.finished()
        fileName = "hiworker-\(version)-py3-none-any.whl"
        sha256 = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static let format = """
        Wheel-Version: 1.0
        Generator: hiworker
        Root-Is-Purelib: true
        Tag: py3-none-any

        """

    private static func metadata(version: String) -> String {
        """
        Metadata-Version: 2.4
        Name: hiworker
        Version: \(version)
        Summary: Chatbots that answer a company's commands: one API key, one function.
        License-Expression: Apache-2.0
        Requires-Python: \(requiresPython)
        Requires-Dist: websockets>=14.2
        Provides-Extra: flask
        Requires-Dist: flask>=2.3; extra == 'flask'

        """
    }

    /// Base64 for URLs without padding, as RECORD has it.
    private static func urlSafe(_ digest: SHA256.Digest) -> String {
        Data(digest).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
