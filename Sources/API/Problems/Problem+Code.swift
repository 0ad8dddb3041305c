extension Problem {
    /// A row of the catalogue; the raw value is `code` on the wire and never changes its meaning.
    public enum Code: String, Sendable, CaseIterable {
        // Keys
        case keyMissing = "key_missing"
        case keyMalformed = "key_malformed"
        case keyUnknown = "key_unknown"
        case keyRevoked = "key_revoked"
        case keyExpired = "key_expired"
        /// Arguments `needed` and `presented`: `platform`, `company`, `admin`, `bot` or `member`.
        case keyWrongKind = "key_wrong_kind"

        // Requests
        /// Argument `reason`: what the HTTP parser says.
        case malformedRequest = "malformed_request"
        case headTooLarge = "head_too_large"
        case requestTimeout = "request_timeout"
        case notFound = "not_found"
        /// Arguments `method` and `allow`.
        case methodNotAllowed = "method_not_allowed"
        case upgradeRequired = "upgrade_required"
        /// Argument `type`: the content type sent.
        case unsupportedMediaType = "unsupported_media_type"
        /// Argument `limit`, in bytes.
        case bodyTooLarge = "body_too_large"
        /// With one issue that says where and why.
        case invalidJSON = "invalid_json"
        /// With an issue for every field or parameter that is not accepted.
        case invalidFields = "invalid_fields"
        /// The first request with this `Idempotency-Key` is still in hand.
        case idempotencyConflict = "idempotency_conflict"
        /// This `Idempotency-Key` was sent with another body before.
        case idempotencyKeyReused = "idempotency_key_reused"

        // Directory
        case companyExists = "company_exists"
        /// Arguments `command` and `bot` (its name); member `bot`.
        case commandTaken = "command_taken"
        case notAWebhook = "not_a_webhook"
        /// Argument `bot` (its name).
        case notASocket = "not_a_socket"

        // Messages
        /// Argument `text`: the beginning of what was typed.
        case unknownCommand = "unknown_command"
        /// Argument `usage`; with an issue for every token.
        case invalidTokens = "invalid_tokens"
        /// Argument `bot` (its name), as for all that follow.
        case botOffline = "bot_offline"
        case botBusy = "bot_busy"
        /// Argument `why` too: what is wrong with its answer; members `reason`, the same, and `bot_status`.
        case botError = "bot_error"
        case botTimeout = "bot_timeout"
        case rateLimited = "rate_limited"
        case alreadyAnswered = "already_answered"
        case replyTooLate = "reply_too_late"

        // The server
        case storageUnavailable = "storage_unavailable"
        case shuttingDown = "shutting_down"
        /// Argument `request`: the id under which it was logged.
        case internalError = "internal_error"

        /// The HTTP status it is sent with.
        public var status: Int { row.status }
    }
}
