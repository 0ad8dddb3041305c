import Foundation

/// Why a program could not be started.
package struct SpawnError: Error, Sendable, CustomStringConvertible {
    /// A sentence with the program's path and the system's reason.
    package let description: String

    init(_ executable: String, code: Int32) {
        description = "\(executable) could not be started: \(String(cString: strerror(code)))."
    }
}

/// What a standard file of a new process is.
enum SpawnedFile {
    /// A file that is appended to, made with mode 0600 when it is missing.
    case appending(to: String, as: [Int32])
    /// `/dev/null`, read and written.
    case null(as: Int32)
    /// An open file of this process.
    case open(Int32, as: Int32)
}

/// Starts a program in a process group of its own, with default signal handling and with no file but those named.
func spawn(
    _ executable: String,
    arguments: [String],
    environment: [String: String],
    files: [SpawnedFile]
) throws(SpawnError) -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    var attributes: posix_spawnattr_t?
    #else
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }

    for file in files {
        switch file {
        case .appending(let path, let descriptors):
            guard let first = descriptors.first else { continue }
            posix_spawn_file_actions_addopen(&actions, first, path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            for descriptor in descriptors.dropFirst() {
                posix_spawn_file_actions_adddup2(&actions, first, descriptor)
            }
        case .null(let descriptor):
            posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
        case .open(let source, let descriptor):
            posix_spawn_file_actions_adddup2(&actions, source, descriptor)
        }
    }

    // A signal that this process ignores would be ignored by the program too, SIGTERM among them.
    var every = sigset_t()
    sigfillset(&every)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    var flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    // An inherited socket would stay open for its peer as long as the program lives.
    #if canImport(Darwin)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
    #else
    _ = addCloseFrom?(&actions, 3)
    #endif
    posix_spawnattr_setflags(&attributes, Int16(flags))

    let words = ([executable] + arguments).map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }

    var processID: pid_t = 0
    let code = posix_spawn(&processID, executable, &actions, &attributes, words, variables)
    guard code == 0 else { throw SpawnError(executable, code: code) }
    return processID
}

#if !canImport(Darwin)
/// `posix_spawn_file_actions_addclosefrom_np` of glibc 2.34 and later. Its declaration hides behind `_GNU_SOURCE`, which
/// Swift's view of glibc does not set. Without it, files that are not marked close-on-exec are inherited.
private let addCloseFrom: CloseFrom? = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np")
    .map {
        unsafeBitCast($0, to: CloseFrom.self)
    }

private typealias CloseFrom =
    @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
#endif

/// Blocks until a child has ended, and leaves its number taken.
func waitUntilEnded(_ processID: pid_t) {
    var information = siginfo_t()
    while waitid(P_PID, id_t(processID), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
}

/// Takes the exit of a child that has ended, or is about to, and gives its number back to the system.
func reap(_ processID: pid_t) -> ChildProcess.Exit {
    var status: Int32 = 0
    while waitpid(processID, &status, 0) == -1, errno == EINTR {}
    // WIFEXITED and its kin are macros, which Swift does not see; the encoding is the same on Linux and macOS.
    let signal = status & 0x7f
    return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
}
