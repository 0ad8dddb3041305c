public import BSON

extension JSON.Object {
    /// This object changed by a JSON Merge Patch (RFC 7396): null removes a member, objects merge, all else replaces.
    func merging(_ patch: JSON.Object) -> JSON.Object {
        var merged = self
        for (name, value) in patch {
            switch value {
            case .null: merged[name] = nil
            case .object(let inner): merged[name] = .object((merged[name]?.object ?? [:]).merging(inner))
            default: merged[name] = value
            }
        }
        return merged
    }

    /// `metadata` changed by that of a PATCH. Throws `invalid_fields` when it grows beyond its bounds.
    public func merging(metadata patch: JSON.Object) throws(Problem) -> JSON.Object {
        var fields = FieldReader(["metadata": .object(merging(patch))])
        let merged = fields.required("metadata", .metadata)
        try fields.finish()
        return merged
    }
}
