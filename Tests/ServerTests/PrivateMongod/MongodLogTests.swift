import Testing

@testable import Server

@Suite struct `The private mongod's log` {
    private static let noise = #"{"t":{"$date":"2026-11-24T00:00:00Z"},"s":"I","c":"CONTROL","id":1,"msg":"fine"}"#

    @Test(
        arguments: [
            ("", nil),
            (noise, nil),
            (
                #"{"s":"E","msg":"DBException in initAndListen","attr":{"error":"Location28596: lock file"}}"#,
                "DBException in initAndListen: Location28596: lock file"
            ),
            (#"{"s":"E","msg":"first"}"# + "\n" + #"{"s":"F","msg":"last","attr":{"reason":"disk"}}"#, "last: disk"),
            (
                #"{"s":"E","msg":"Assertion","attr":{"error":{"code":1,"errmsg":"why"}}}"# + "\n"
                    + #"{"s":"F","msg":"\n\n***aborting\n"}"#,
                "Assertion: why"
            ),
            (
                #"{"s":"F","msg":"Fatal assertion"}"# + "\n"
                    + #"{"s":"F","msg":"Writing fatal message","attr":{"message":"Got signal: 6 (Aborted).\n"}}"#,
                "Fatal assertion"
            ),
            (#"{"s":"W","msg":"a warning"}"#, nil),
            (
                "Error parsing command line: unrecognised option '--x'\n" + noise,
                "Error parsing command line: unrecognised option '--x'"
            ),
            ("out of nowhere\n" + #"{"s":"F","msg":"fatal"}"#, "fatal"),
            (#"{"s":"F","msg":"cut o"#, nil),
        ] as [(String, String?)]
    )
    func `is searched for its last complaint`(_ text: String, _ complaint: String?) {
        #expect(MongodLog.complaint(in: text) == complaint)
    }
}
