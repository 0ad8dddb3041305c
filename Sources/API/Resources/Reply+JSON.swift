public import BSON

extension JSON.Object {
    /// Reads the body of `POST /v1/messages/{id}/reply`: an object with a `text` that says something, and whatever else the
    /// bot sends. Throws `invalid_fields`.
    public init(replyBody body: JSON.Object) throws(Problem) {
        var fields = FieldReader(body)
        _ = fields.required("text", .replyText)
        fields.acceptOthers()
        try fields.finish()
        self = body
    }
}
