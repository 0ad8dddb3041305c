/// The name of a field where it lies in memory, to be compared without making a `String`:
///
/// ```swift
/// switch element.key {
/// case "_id": …
/// case "company": …
/// default: break
/// }
/// ```
public struct BSONKey {
    /// The name's bytes without the zero byte that ends it.
    public let bytes: UnsafeRawBufferPointer

    /// A copy; what is not UTF-8 shows as U+FFFD.
    public var string: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether the name is `name`, byte for byte; what a `switch` over string literals calls.
    public static func ~= (name: StaticString, key: BSONKey) -> Bool {
        key == UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    }

    /// Whether the name has the bytes of `name`.
    func isSpelled(_ name: String) -> Bool {
        bytes.count == name.utf8.count && bytes.elementsEqual(name.utf8)
    }

    static func == (key: BSONKey, name: UnsafeRawBufferPointer) -> Bool {
        guard key.bytes.count == name.count else { return false }
        for index in 0..<name.count where key.bytes[index] != name[index] { return false }
        return true
    }
}
