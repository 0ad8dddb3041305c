public import Directory
import HTTPTypes
public import Hummingbird

/// Finds out who calls, by the one `Authorization: Bearer <key>` header (RFC 6750, section 2.1).
///
/// A look-up in memory: it works while MongoDB is away, and a revoked key stops working when the snapshot hears of it.
public struct Authentication: RouterMiddleware {
    public typealias Context = APIRequestContext

    private let snapshot: @Sendable () -> Snapshot
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - snapshot: The newest state in memory.
    ///   - now: The time against which expiry is judged.
    public init(
        snapshot: @escaping @Sendable () -> Snapshot,
        now: @escaping @Sendable () -> Instant = { Instant.now }
    ) {
        self.snapshot = snapshot
        self.now = now
    }

    public func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.caller = try caller(request.headers)
        return try await next(request, context)
    }

    private func caller(_ headers: HTTPFields) throws(Problem) -> Caller {
        let values = headers[values: .authorization]
        guard let value = values.first else { throw Problem(.keyMissing) }
        // Which of two keys would count is anybody's guess, and a proxy's may differ from ours.
        guard values.count == 1 else { throw Problem(.keyMalformed) }
        guard let secret = Self.bearer(value) else { throw Problem(.keyMissing) }
        let snapshot = snapshot()
        switch snapshot.check(secret, now: now()) {
        case .success(let caller): return caller
        // Before the directory was loaded once, no key is known: that says nothing of this one.
        case .failure(.unknown) where snapshot.version == 0: throw Problem(.storageUnavailable, retryAfterSeconds: 1)
        case .failure(let refusal): throw Problem(refusal)
        }
    }

    /// What follows `Bearer`, in whatever case that is written; nil for another scheme or for nothing.
    static func bearer(_ value: String) -> String? {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        let secret = parts[1].drop { $0 == " " }
        return secret.isEmpty ? nil : String(secret)
    }
}

extension Problem {
    /// The problem of a key that opens nothing.
    public init(_ refusal: KeyRefusal) {
        switch refusal {
        case .missing: self.init(.keyMissing)
        case .malformed: self.init(.keyMalformed)
        case .unknown: self.init(.keyUnknown)
        case .revoked: self.init(.keyRevoked)
        case .expired: self.init(.keyExpired)
        }
    }
}
