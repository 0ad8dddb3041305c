import Mongo
import Testing

/// The error that the closure throws, which must be a `MongoError` with this code.
@discardableResult
func expectError<Value>(
    _ code: MongoError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async throws -> MongoError {
    let error = await #expect(throws: MongoError.self, sourceLocation: sourceLocation) { _ = try await body() }
    let mongoError = try #require(error, sourceLocation: sourceLocation)
    #expect(mongoError.code == code, sourceLocation: sourceLocation)
    return mongoError
}
