import BSON
import Testing

@testable import Relay

@Suite
struct `The queue to MongoDB` {
    private func messages(_ numbers: Range<Int>, reply: JSON.Object? = nil) -> [Message] {
        numbers.map { Sample.message(Sample.id(UInt64($0)), reply: reply) }
    }

    private func numbers(_ batch: [Message]?) -> [Int]? {
        batch?.map { message in (0..<100_000).first { Sample.id(UInt64($0)) == message.id } ?? -1 }
    }

    @Test
    func `gives the oldest first, in batches`() {
        var queue = HistoryQueue()
        #expect(queue.takeBatch() == nil)
        #expect(queue.append(messages(0..<1500)) == 0)
        #expect(queue.count == 1500)
        #expect(queue.takeBatch()?.map(\.id) == (0..<1000).map { Sample.id($0) })
        #expect(queue.count == 1500)
        queue.finishBatch()
        #expect(queue.count == 500)
        #expect(queue.takeBatch()?.map(\.id) == (1000..<1500).map { Sample.id($0) })
        queue.finishBatch()
        #expect(queue.count == 0)
        #expect(queue.takeBatch() == nil)
    }

    @Test
    func `gives large messages in smaller batches, and one at least`() {
        let reply: JSON.Object = ["text": .string(String(repeating: "x", count: 3 << 20))]
        var queue = HistoryQueue()
        _ = queue.append(messages(0..<3, reply: reply))
        #expect(numbers(queue.takeBatch()) == [0, 1])
        queue.finishBatch()
        #expect(numbers(queue.takeBatch()) == [2])
        queue.finishBatch()
        _ = queue.append(messages(3..<5, reply: ["text": .string(String(repeating: "x", count: 9 << 20))]))
        #expect(numbers(queue.takeBatch()) == [3])
    }

    @Test
    func `puts a batch back before all others`() {
        var queue = HistoryQueue()
        _ = queue.append(messages(0..<2))
        _ = queue.takeBatch()
        _ = queue.append(messages(2..<4))
        #expect(queue.putBack() == 0)
        #expect(numbers(queue.takeBatch()) == [0, 1, 2, 3])
    }

    @Test
    func `drops the oldest beyond its number`() {
        var queue = HistoryQueue()
        #expect(queue.append(messages(0..<HistoryQueue.maximumCount)) == 0)
        #expect(queue.append(messages(0..<3)) == 3)
        #expect(queue.count == HistoryQueue.maximumCount)
        #expect(queue.takeBatch()?.first?.id == Sample.id(3))
        #expect(queue.append(messages(0..<7)) == 0)
        #expect(queue.putBack() == 7)
        #expect(queue.takeBatch()?.first?.id == Sample.id(10))
    }

    @Test
    func `drops the oldest beyond its bytes`() {
        let reply: JSON.Object = ["text": .string(String(repeating: "x", count: 1 << 20))]
        var queue = HistoryQueue()
        #expect(queue.append(messages(0..<127, reply: reply)) == 0)
        #expect(queue.append(messages(127..<131, reply: reply)) == 4)
        #expect(queue.count == 127)
        #expect(queue.takeBatch()?.first?.id == Sample.id(4))
    }

    @Test
    func `knows when all that came before a moment is settled`() {
        var queue = HistoryQueue()
        #expect(queue.isSettled(before: queue.end))
        _ = queue.append(messages(0..<2))
        let end = queue.end
        #expect(!queue.isSettled(before: end))
        _ = queue.takeBatch()
        _ = queue.append(messages(2..<3))
        #expect(!queue.isSettled(before: end))
        _ = queue.putBack()
        #expect(!queue.isSettled(before: end))
        _ = queue.takeBatch()
        queue.finishBatch()
        #expect(queue.isSettled(before: end))
        #expect(queue.isSettled(before: queue.end))
    }

    @Test
    func `settles what is dropped or removed, and only that`() {
        var queue = HistoryQueue()
        _ = queue.append(messages(0..<1))
        let end = queue.end
        _ = queue.append(messages(1..<2))
        queue.remove { $0.id == Sample.id(1) }
        #expect(!queue.isSettled(before: end))
        queue.remove { $0.id == Sample.id(0) }
        #expect(queue.isSettled(before: end))
        _ = queue.append(messages(0..<1))
        let next = queue.end
        _ = queue.append(messages(1..<HistoryQueue.maximumCount))
        #expect(!queue.isSettled(before: next))
        #expect(queue.append(messages(0..<1)) == 1)
        #expect(queue.isSettled(before: next))
    }

    @Test
    func `makes room where messages were removed`() {
        let reply: JSON.Object = ["text": .string(String(repeating: "x", count: 1 << 20))]
        var queue = HistoryQueue()
        _ = queue.append(messages(0..<127, reply: reply))
        queue.remove { $0.id < Sample.id(100) }
        #expect(queue.count == 27)
        #expect(queue.append(messages(200..<300, reply: reply)) == 0)
        #expect(queue.takeBatch()?.first?.id == Sample.id(100))
    }
}
