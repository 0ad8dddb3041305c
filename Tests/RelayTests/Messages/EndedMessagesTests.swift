import BSON
import Directory
import NIOCore
import Testing

@testable import Relay

@Suite
struct `Messages that ended a short while ago` {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test
    func `can be read until their time is over`() {
        var ended = EndedMessages()
        ended.append(Sample.message(Sample.id(1)), until: start + .seconds(60))
        ended.append(Sample.message(Sample.id(2)), until: start + .seconds(61))
        ended.removeExpired(now: start + .seconds(60) - .nanoseconds(1))
        #expect(ended[Sample.id(1)]?.id == Sample.id(1))
        ended.removeExpired(now: start + .seconds(60))
        #expect(ended[Sample.id(1)] == nil)
        #expect(ended[Sample.id(2)]?.id == Sample.id(2))
        #expect(ended[Sample.id(3)] == nil)
    }

    @Test
    func `are bounded in number, the oldest going first`() {
        var ended = EndedMessages()
        let count = UInt64(EndedMessages.maximumCount)
        for number in 0..<count + 3 { ended.append(Sample.message(Sample.id(number)), until: .distantFuture) }
        #expect(ended.messages.count == EndedMessages.maximumCount)
        #expect(ended[Sample.id(2)] == nil)
        #expect(ended[Sample.id(3)] != nil)
        #expect(ended[Sample.id(count + 2)] != nil)
    }

    /// A reply that takes a mebibyte, in its text or beside it.
    static let large: [JSON.Object] = [
        ["text": .string(String(repeating: "x", count: 1 << 20))],
        ["text": "x", "attachment": .string(String(repeating: "x", count: 1 << 20))],
        ["text": "x", "rows": .array(Array(repeating: .integer(1), count: (1 << 20) / 24))],
        ["text": "x", "rows": [["cell": .string(String(repeating: "x", count: 1 << 20))]]],
    ]

    @Test(arguments: large)
    func `are bounded in bytes, wherever in the reply those are`(reply: JSON.Object) {
        var ended = EndedMessages()
        for number in 0..<20 {
            ended.append(Sample.message(Sample.id(UInt64(number)), reply: reply), until: .distantFuture)
        }
        #expect(ended.messages.count == 15)
        #expect(ended[Sample.id(4)] == nil)
        #expect(ended[Sample.id(19)] != nil)
    }

    @Test
    func `of a deleted member go at once and make room`() {
        var ended = EndedMessages()
        for number in 0..<15 {
            let sender = number < 10 ? Sample.member : Sample.colleague
            let message = Sample.message(Sample.id(UInt64(number)), from: sender, reply: Self.large[0])
            ended.append(message, until: .distantFuture)
        }
        ended.remove { $0.member.id == Sample.member.resourceID }
        #expect(ended.messages.count == 5)
        for number in 20..<30 {
            ended.append(Sample.message(Sample.id(UInt64(number)), reply: Self.large[0]), until: start)
        }
        #expect(ended.messages.count == 15)
        #expect(ended[Sample.id(10)] != nil)
    }
}
