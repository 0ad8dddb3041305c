import Testing

@testable import Mongo

@Suite struct DurationUnitsTests {
    @Test(
        "a duration reads well and counts in whole milliseconds",
        arguments: [
            (.milliseconds(4500), "4.5 seconds", 4500), (.seconds(3), "3 seconds", 3000),
            (.microseconds(1999), "0 seconds", 1), (.zero, "0 seconds", 0),
        ] as [(Duration, String, Int64)]
    )
    func units(duration: Duration, text: String, milliseconds: Int64) {
        #expect(duration.inSeconds == text)
        #expect(duration.inMilliseconds == milliseconds)
    }
}
