import API
import BSON

/// Reads a `number` token: `12`, `1,200`, `-3.5`. Commas group digits by threes or are not there at all.
///
/// A whole number that fits 64 bits is an integer on the wire, `3.0` too; every other one is a double.
struct NumberReader: PhraseReader {
    static let maximumWords = 1
    static let unlike = Reason.notANumber

    /// More digits than any number needs that a person types; without a bound, reading a double takes its time.
    private static let maximumLength = 400

    func read(_ phrase: Phrase) -> PhraseReading {
        let bytes = phrase.text.plain[phrase.plainRange]
        guard bytes.count <= Self.maximumLength else { return .unlike }
        var digits = bytes[...]
        let sign = digits.first
        if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }

        let whole = digits.prefix { $0 != UInt8(ascii: ".") }
        let fraction = digits.dropFirst(whole.count + 1)
        let hasPoint = whole.count < digits.count
        guard whole.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ",") }), fraction.allSatisfy(\.isDigit),
            whole.first?.isDigit ?? hasPoint, !hasPoint || !fraction.isEmpty
        else { return .unlike }
        guard Self.isGrouped(whole) else { return .wrong(.numberGrouping) }

        let plainWhole = whole.filter(\.isDigit)
        let prefix = sign == UInt8(ascii: "-") ? "-" : ""
        let text = prefix + (plainWhole.isEmpty ? "0" : String(decoding: plainWhole, as: UTF8.self))
        if fraction.allSatisfy({ $0 == UInt8(ascii: "0") }), let integer = Int64(text) {
            return .value(.integer(integer))
        }
        guard let number = Double(fraction.isEmpty ? text : text + "." + String(decoding: fraction, as: UTF8.self)),
            number.isFinite
        else { return .wrong(.numberTooLarge) }
        return .value(.number(number))
    }

    /// Whether the commas, if any, stand before every third digit from the end.
    private static func isGrouped(_ digits: ArraySlice<UInt8>) -> Bool {
        let groups = digits.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard groups.count > 1 else { return true }
        return (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
}
