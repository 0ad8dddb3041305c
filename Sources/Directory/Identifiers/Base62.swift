/// The digits of secrets and ids: `0`-`9`, `A`-`Z`, `a`-`z`, in this order of value.
enum Base62 {
    static let digits: [UInt8] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// What a digit is worth, 0 to 61; nil for any other byte.
    static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 36
        default: nil
        }
    }

    /// Digits that cannot be guessed: each from the system's generator, all 62 equally likely.
    static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in digits[Int.random(in: 0..<digits.count, using: &generator)] }
    }
}
