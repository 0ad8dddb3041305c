import HTTPTypes
public import Hummingbird
import NIOCore

extension Problem {
    /// The problem as a response of the cold lane.
    public func response(in language: Language) -> Response {
        var headers: HTTPFields = [
            .contentType: Self.contentType,
            .contentLanguage: language.rawValue,
            .cacheControl: "no-store",
        ]
        if code.status == 401 { headers[.wwwAuthenticate] = "Bearer" }
        if let retryAfterSeconds { headers[.retryAfter] = String(retryAfterSeconds) }
        return Response(
            status: HTTPResponse.Status(code: code.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes(in: language)))
        )
    }
}
