import BSON

/// The document made anew from its values, field by field to the bottom: the same bytes, if nothing gets lost.
func rebuilt(_ document: BSONDocument) -> BSONDocument {
    var copy = BSONDocument()
    for (key, value) in document {
        copy.append(key, rebuilt(value))
    }
    return copy
}

private func rebuilt(_ value: BSONValue) -> BSONValue {
    switch value {
    case .document(let document): .document(rebuilt(document))
    case .array(let array): .array(BSONArray(rebuilt(array.document)))
    case .javaScriptWithScope(let code, let scope): .javaScriptWithScope(code, rebuilt(scope))
    default: value
    }
}
