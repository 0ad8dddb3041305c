/// The secret of an API key: `hwa_`, `hwb_` or `hwm_`, 30 random base62 characters, 6 of checksum.
///
/// The checksum is the CRC-32 of the 34 characters before it as a base62 number, most significant digit first, filled
/// with zeros. So a typo, or a false hit of a secret scanner, is known for one without a look-up. A value of this type
/// prints without its secret, so that no log line can hold it.
public struct APIKeySecret: Sendable, Equatable {
    /// Whose key it is, by its prefix.
    public let kind: KeyKind
    /// All 40 characters. Show it once, store it never.
    public let text: String

    /// The characters of a whole secret.
    public static let length = prefixLength + randomLength + checksumLength
    private static let prefixLength = 4
    private static let randomLength = 30
    private static let checksumLength = 6

    /// Why a text is no secret, in the order in which it is looked at.
    public enum Flaw: Error, Sendable, Hashable {
        /// It does not start with `hwa_`, `hwb_` or `hwm_`.
        case prefix
        /// It has not ``length`` characters.
        case length
        /// It has a character that is not base62.
        case character
        /// Its last six characters do not belong to those before: a typo.
        case checksum
    }

    /// A new secret; 178 random bits.
    public static func random(_ kind: KeyKind) -> APIKeySecret {
        let body = Array(kind.secretPrefix.utf8) + Base62.random(count: randomLength)
        let bytes = body + body.withUnsafeBytes { checksum($0) }
        return APIKeySecret(kind: kind, text: String(decoding: bytes, as: UTF8.self))
    }

    /// Takes what somebody typed or configured, surrounding white space not allowed.
    public init(parsing text: String) throws(Flaw) {
        var text = text
        let checked = text.withUTF8 { utf8 -> Result<KeyKind, Flaw> in
            do throws(Flaw) {
                return .success(try Self.check(UnsafeRawBufferPointer(utf8)))
            } catch {
                return .failure(error)
            }
        }
        self.init(kind: try checked.get(), text: text)
    }

    private init(kind: KeyKind, text: String) {
        self.kind = kind
        self.text = text
    }

    /// What is stored of the secret.
    public var digest: KeyDigest {
        var text = text
        return text.withUTF8 { KeyDigest(of: UnsafeRawBufferPointer($0)) }
    }

    /// The last four characters, by which people tell keys apart.
    public var last4: String { String(text.suffix(4)) }

    /// Whether bytes that somebody presents are a secret, and of which kind. Allocates nothing.
    public static func check(_ bytes: UnsafeRawBufferPointer) throws(Flaw) -> KeyKind {
        guard bytes.count >= prefixLength, let kind = kind(bytes) else { throw .prefix }
        guard bytes.count == length else { throw .length }
        for index in prefixLength..<length where Base62.value(of: bytes[index]) == nil { throw .character }
        let bodyLength = length - checksumLength
        var rest = CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[..<bodyLength]))
        for index in (bodyLength..<length).reversed() {
            guard bytes[index] == Base62.digits[Int(rest % 62)] else { throw .checksum }
            rest /= 62
        }
        return kind
    }

    private static func kind(_ bytes: UnsafeRawBufferPointer) -> KeyKind? {
        guard bytes[0] == UInt8(ascii: "h"), bytes[1] == UInt8(ascii: "w"), bytes[3] == UInt8(ascii: "_") else {
            return nil
        }
        switch bytes[2] {
        case UInt8(ascii: "a"): return .admin
        case UInt8(ascii: "b"): return .bot
        case UInt8(ascii: "m"): return .member
        default: return nil
        }
    }

    /// 62^6 is more than 2^32: six digits hold every checksum.
    private static func checksum(_ body: UnsafeRawBufferPointer) -> [UInt8] {
        var rest = CRC32.checksum(body)
        var characters: [UInt8] = []
        for _ in 0..<checksumLength {
            characters.append(Base62.digits[Int(rest % 62)])
            rest /= 62
        }
        return characters.reversed()
    }
}

extension APIKeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `hwb_…y4Qz`
    public var description: String { "\(kind.secretPrefix)…\(last4)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension KeyKind {
    /// What secrets of this kind begin with.
    public var secretPrefix: String {
        switch self {
        case .admin: "hwa_"
        case .bot: "hwb_"
        case .member: "hwm_"
        }
    }
}
