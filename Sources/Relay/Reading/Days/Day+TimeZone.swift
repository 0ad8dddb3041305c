import Directory
import Foundation

extension Day {
    /// The day that it is at an instant in a time zone, by IANA identifier; UTC where the identifier names none, which
    /// only a document changed by hand can bring about.
    init(of instant: Instant, in timeZone: String) {
        let moment = Date(timeIntervalSince1970: TimeInterval(instant.milliseconds) / 1000)
        let offset = TimeZone(identifier: timeZone)?.secondsFromGMT(for: moment) ?? 0
        let local = instant.milliseconds + Int64(offset) * 1000
        let (quotient, remainder) = local.quotientAndRemainder(dividingBy: Self.milliseconds)
        self.init(number: Int(remainder < 0 ? quotient - 1 : quotient))
    }

    private static let milliseconds: Int64 = 86_400_000
}
