/// Why there is no private mongod, or none any more.
public struct PrivateMongodError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is, for programs.
    public let code: Code
    /// What happened and what to do next, in sentences.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// A kind of failure. More may come.
    public struct Code: Sendable, Hashable {
        private enum Name { case noExecutable, dataDirectory, startFailed, keepsEnding }
        private let name: Name

        private init(_ name: Name) { self.name = name }

        /// No mongod is on this machine.
        public static let noExecutable = Code(.noExecutable)
        /// The data directory cannot be used, or another process uses it.
        public static let dataDirectory = Code(.dataDirectory)
        /// A mongod was started and ended, or did not become ready.
        public static let startFailed = Code(.startFailed)
        /// It ended again and again while the server ran.
        public static let keepsEnding = Code(.keepsEnding)
    }
}
