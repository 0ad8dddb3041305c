import BSON
import CMongoC

/// A document lent to libmongoc as a `bson_t`.
///
/// `bson_t` is aligned to 128 bytes, which Swift does not import: it is an opaque pointer here.
struct BSONHandle: ~Copyable {
    let pointer: OpaquePointer

    init(_ document: BSONDocument) {
        let copy = document.withUnsafeBytes { buffer in
            bson_new_from_data(buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), buffer.count)
        }
        guard let copy else { preconditionFailure("a document's length is not that of its bytes") }
        pointer = copy
    }

    deinit {
        bson_destroy(pointer)
    }
}

/// Room for a reply that libmongoc fills in.
struct ReplyHandle: ~Copyable {
    /// `sizeof (bson_t)`, its alignment too; part of libbson's ABI.
    private static let size = 128

    private let memory: UnsafeMutableRawPointer

    /// Holds an empty document, so that it may be read and destroyed whether or not libmongoc filled it in: an empty
    /// one owns no memory that could leak when it is overwritten.
    init() {
        memory = .allocate(byteCount: Self.size, alignment: Self.size)
        bson_init(OpaquePointer(memory))
    }

    var pointer: OpaquePointer { OpaquePointer(memory) }

    /// Lends the bytes; the pointer dies with the closure.
    func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(bsonBytes(pointer))
    }

    /// A copy of the reply, checked. `command` is for the error's sentence.
    func document(of command: String) throws(MongoError) -> BSONDocument {
        do {
            return try BSONDocument(validating: bsonBytes(pointer))
        } catch {
            throw .invalidReply(command, error.message)
        }
    }

    deinit {
        bson_destroy(OpaquePointer(memory))
        memory.deallocate()
    }
}

/// The bytes of a `bson_t`, as long as it lives unchanged.
func bsonBytes(_ pointer: OpaquePointer) -> UnsafeRawBufferPointer {
    // Every document begins with its length, little-endian; libbson sees to it that there is one.
    guard let data = bson_get_data(pointer) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let length = UnsafeRawPointer(data).loadUnaligned(as: Int32.self).littleEndian
    return UnsafeRawBufferPointer(start: data, count: Int(length))
}
