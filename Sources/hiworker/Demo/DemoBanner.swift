/// What the demo prints when everything runs.
struct DemoBanner {
    let url: String
    let memberKey: String
    let room: String
    let adminKeyFile: String
    let dataDirectory: String

    var text: String {
        """

        The demo runs: the company \(DemoDirectory.company), the member \(DemoDirectory.memberName) and a bot that books \
        meeting rooms.

            Server        \(url)
            Member's key  \(memberKey)   (new at every start; the one before stops working)
            Admin key     in \(adminKeyFile)

        Book a room, from another terminal:

        \(command)

        Paste it again, and the bot says who has the room. Other texts: /예약 목록, /예약 취소 …, /도움

        Ctrl-C stops everything. The data stays in \(dataDirectory).

        """
    }

    /// The time is put in by the shell when the line is run: from this minute, by Korea's clock, to midnight, which the bot
    /// takes at any time of the day. `KST-9` is that clock on systems without time zone data too.
    var command: String {
        #"""
            curl -w '\n' \#(url)/v1/messages -H 'Authorization: Bearer \#(memberKey)' \
                --json "{\"text\": \"/예약 회의실 $(TZ=KST-9 date +%H:%M)~24:00 \#(room)\"}"
        """#
    }
}
