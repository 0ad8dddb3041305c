import CMongoC

/// The address of a MongoDB deployment, read, with our limits in it.
struct ConnectionString: ~Copyable {
    let pointer: OpaquePointer

    /// Throws `invalidArgument` with a sentence that never quotes a user name or a password.
    init(_ text: String, _ configuration: MongoPool.Configuration) throws(MongoError) {
        guard !text.utf8.contains(0) else { throw Self.unreadable("it holds a zero character") }
        // libmongoc takes what follows the first one for a host, and would quote it in every error.
        guard Self.authority(of: text).count(where: { $0 == "@" }) <= 1 else { throw Self.unreadable(nil) }
        var error = bson_error_t()
        guard let pointer = Libmongoc.withoutLog({ mongoc_uri_new_with_error(text, &error) }) else {
            throw Self.unreadable(Self.mayHoldSecrets(text) ? nil : error.text)
        }
        self.pointer = pointer
        setLimits(configuration)
        setSemantics(configuration)
    }

    deinit {
        mongoc_uri_destroy(pointer)
    }

    /// The limits replace those in the address: what this module promises about time must not depend on it.
    private func setLimits(_ configuration: MongoPool.Configuration) {
        set(MONGOC_URI_SERVERSELECTIONTIMEOUTMS, configuration.serverSelectionTimeout)
        set(MONGOC_URI_CONNECTTIMEOUTMS, configuration.connectTimeout)
        set(MONGOC_URI_SOCKETTIMEOUTMS, configuration.socketTimeout)
        // Never waited for: there are as many clients as threads and streams. A limit all the same, against our own
        // mistakes.
        set(MONGOC_URI_WAITQUEUETIMEOUTMS, configuration.serverSelectionTimeout)
    }

    /// We read what we have written, whatever the address says of secondaries.
    private func setSemantics(_ configuration: MongoPool.Configuration) {
        let primary = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        mongoc_uri_set_read_prefs_t(pointer, primary)
        mongoc_read_prefs_destroy(primary)
        if mongoc_uri_get_appname(pointer) == nil {
            mongoc_uri_set_appname(pointer, configuration.applicationName)
        }
    }

    private func set(_ option: String, _ limit: Duration) {
        let milliseconds = Int32(clamping: max(1, limit.inMilliseconds))
        mongoc_uri_set_option_as_int32(pointer, option, milliseconds)
    }

    /// User, password and hosts.
    private static func authority(of text: String) -> Substring {
        let start = text.firstRange(of: "://")?.upperBound ?? text.startIndex
        return text[start...].prefix { $0 != "/" && $0 != "?" }
    }

    /// libmongoc quotes the part that it does not understand.
    private static func mayHoldSecrets(_ text: String) -> Bool {
        text.contains("@") || text.lowercased().contains("password") || text.lowercased().contains("authmechanism")
    }

    private static func unreadable(_ reason: String?) -> MongoError {
        .invalidArgument(
            "The address of MongoDB cannot be read\(reason.map { ": \($0)" } ?? "")."
                + " It looks like mongodb://user:password@host:27017/?replicaSet=rs0;"
                + " a user name or password with any of : / ? # [ ] @ % in it must be percent-encoded."
        )
    }
}
