import Hummingbird

extension APIRequestContext {
    /// The text of a path parameter. Throws `not_found` when it cannot be the name of anything.
    public func pathText(_ name: String) throws(Problem) -> String {
        guard let segment = parameters.get(name), let text = PercentEncoding.decoded(segment.utf8), !text.isEmpty else {
            throw Problem(.notFound)
        }
        return text
    }

    /// The company that the path names, as `domain`. Throws `not_found` when it is no domain.
    public func pathDomain() throws(Problem) -> String {
        guard let domain = Domain(try pathText("domain")) else { throw Problem(.notFound) }
        return domain.text
    }
}
