/// A language that hiworker speaks.
public enum Language: String, Sendable, CaseIterable {
    case korean = "ko"
    case english = "en"
}
