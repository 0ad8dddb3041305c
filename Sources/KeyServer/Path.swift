import API

/// The paths of resources, for `Location`.
enum Path {
    /// `/v1/companies/example.com`, the last segment escaped where it must be.
    static func of(_ collection: String, _ id: String) -> String {
        "/v1/\(collection)/\(PercentEncoding.encoded(id))"
    }
}
