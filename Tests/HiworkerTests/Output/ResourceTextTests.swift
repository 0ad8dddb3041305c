import BSON
import Testing

@testable import hiworker

@Suite struct `A resource for people` {
    @Test func `shows every field, with commands as they are typed`() {
        let bot: JSON.Object = [
            "id": "bot_1", "description": .null, "delivery": ["type": "webhook", "url": "http://h/"],
            "commands": [
                [
                    "name": "/예약 회의실",
                    "tokens": [["key": "time", "label": "시간"], ["key": "room", "label": "회의실", "required": false]],
                ],
                ["name": "/예약 목록", "tokens": []],
            ],
            "metadata": [:], "created_at": "2026-11-24T00:00:00Z", "ours": ["a": 1],
        ]
        #expect(
            ResourceText.lines(bot) == [
                "id           bot_1",
                "description  –",
                "delivery     webhook http://h/",
                "commands     /예약 회의실 <시간> [회의실]",
                "             /예약 목록",
                "metadata     –",
                "created at   2026-11-24T00:00:00Z",
                #"ours         {"a":1}"#,
            ]
        )
    }

    @Test func `shows a bot without commands`() {
        #expect(ResourceText.lines(["commands": []]) == ["commands  –"])
    }

    @Test(
        arguments: [
            (nil, "–"), (.null, "–"), (["online": true, "connections": 2], "online"), (["online": false], "offline"),
            (["online": false, "reason": "refused"], "offline (refused)"),
        ] as [(JSON?, String)]
    )
    func `tells presence`(_ presence: JSON?, _ text: String) {
        #expect(ResourceText.presence(presence) == text)
    }
}
