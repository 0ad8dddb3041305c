/// The digits of secrets and ids: `0`-`9`, `A`-`Z`, `a`-`z`, in this order of value.
enum Base62 {
    static let digits: [UInt8] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

    /// What a digit is worth, 0 to 61; nil for any other byte.
    static func value(of digit: UInt8) -> UInt8? {
        let value = values[Int(digit)]
        return value == none ? nil : value
    }

    /// By byte. A look-up, because digits are random and comparisons with ranges would be guessed wrong half the time.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: none, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    private static let none: UInt8 = 0xFF

    /// Digits that cannot be guessed: each from the system's generator, all 62 equally likely.
    static func random(count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in digits[Int.random(in: 0..<digits.count, using: &generator)] }
    }
}
