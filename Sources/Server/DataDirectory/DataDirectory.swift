import Foundation

/// The folder in which a server keeps what is its own: the admin key it made, and the private mongod's files.
package struct DataDirectory: Sendable, Equatable {
    /// Absolute, without a slash at its end.
    package let path: String

    /// A relative path starts at the working directory. Touches no file.
    package init(_ path: String) {
        let url = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL
        let absolute = url.path(percentEncoded: false)
        self.path = absolute.count > 1 && absolute.hasSuffix("/") ? String(absolute.dropLast()) : absolute
    }

    /// Makes the folder, readable by its owner alone, when it is missing.
    package func create() throws(DataDirectoryError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw DataDirectoryError(
                "The data directory \(path) cannot be made (\(error.localizedDescription)). "
                    + "Name another with HIWORKER_DATA_DIR (--data-dir)."
            )
        }
    }

    /// The path of something in the folder.
    package func file(_ name: String) -> String { "\(path)/\(name)" }

    /// The content of a small file without white space around; nil when there is none.
    package func text(_ name: String) -> String? {
        guard let data = FileManager.default.contents(atPath: file(name)) else { return nil }
        return String(data: data, encoding: .utf8)?.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Writes a small file of mode 0600, all of it or nothing: whoever reads meanwhile sees the old content.
    package func write(_ text: String, to name: String) throws(DataDirectoryError) {
        // Made with its final mode under a name of its own, then renamed: at no time can others read it.
        let temporary = file(".\(name).\(getpid())")
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DataDirectoryError(writing: file(name), code: errno) }
        do {
            defer { close(descriptor) }
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            try handle.write(contentsOf: Data((text + "\n").utf8))
            try handle.synchronize()
        } catch {
            unlink(temporary)
            throw DataDirectoryError(writing: file(name), reason: error.localizedDescription)
        }
        guard rename(temporary, file(name)) == 0 else {
            let code = errno
            unlink(temporary)
            throw DataDirectoryError(writing: file(name), code: code)
        }
    }

    /// Removes a file; harmless when there is none.
    package func remove(_ name: String) {
        unlink(file(name))
    }
}

/// Why the data directory cannot be used.
package struct DataDirectoryError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened and what to do next, in sentences.
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    init(writing path: String, reason: String) {
        description =
            "\(path) cannot be written (\(reason)). Free space or correct its owner, or name another folder "
            + "with HIWORKER_DATA_DIR (--data-dir)."
    }

    init(writing path: String, code: Int32) {
        self.init(writing: path, reason: String(cString: strerror(code)))
    }
}
