public import BSON
public import HTTPTypes
public import Hummingbird
import NIOCore

extension Response {
    /// A response with a JSON object. What the API says is true now and for this key only, so no cache keeps it.
    public init(json: JSON.Object, status: HTTPResponse.Status = .ok, location: String? = nil) {
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        headers[.location] = location
        self.init(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSON.object(json).bytes))
        )
    }

    /// 204 without a body.
    public static var noContent: Response {
        Response(status: .noContent, headers: [.cacheControl: "no-store"])
    }
}
