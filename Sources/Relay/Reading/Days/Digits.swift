/// Numbers of a fixed width, as dates and times have them on the wire.
enum Digits {
    /// A number that is not negative, with zeros before it up to `width` digits; of a longer one the last `width`.
    static func text(_ number: Int, _ width: Int) -> String {
        String(unsafeUninitializedCapacity: width) { buffer in
            var rest = number
            for index in (0..<width).reversed() {
                buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            return width
        }
    }
}
