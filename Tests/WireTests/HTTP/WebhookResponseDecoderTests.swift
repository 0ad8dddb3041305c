import NIOCore
import Testing

@testable import Wire

@Suite("Responses of webhooks")
struct WebhookResponseDecoderTests {
    /// What a decoder makes of bytes that come in pieces of one size.
    static func decode(_ text: String, pieces size: Int) throws -> [WebhookResponse] {
        var decoder = WebhookResponseDecoder()
        var unread = ByteBuffer()
        var responses: [WebhookResponse] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            unread.writeBytes(rest.prefix(size))
            rest = rest.dropFirst(size)
            while let response = try decoder.read(&unread) { responses.append(response) }
        }
        return responses
    }

    static func failure(_ text: String) -> WebhookResponseFailure? {
        do {
            _ = try decode(text, pieces: text.utf8.count)
            return nil
        } catch {
            return error as? WebhookResponseFailure
        }
    }

    @Test(
        "A response is read wherever its bytes are split",
        arguments: [
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n예약",
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n3\r\n예\r\n03;x=y\r\n약\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ncontent-type: text/plain; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n예약\r\n0\r\nTrailer: x\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n예약",
            "HTTP/1.1 200 OK\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n\r\n예약",
        ]
    )
    func splitAnywhere(text: String) throws {
        for size in 1...text.utf8.count {
            let responses = try Self.decode(text, pieces: size)
            try #require(responses.count == 1, "in pieces of \(size)")
            #expect(responses[0].status == 200)
            #expect(responses[0].contentType == "text/plain; charset=utf-8")
            #expect(String(buffer: responses[0].body) == "예약")
            #expect(responses[0].keepsAlive)
        }
    }

    @Test("A connection carries several responses")
    func several() throws {
        let one = "HTTP/1.1 204 No Content\r\n\r\n"
        let two = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n"
        #expect(try Self.decode(one + two + one, pieces: 7).map(\.status) == [204, 202, 204])
    }

    @Test("A body without a length ends with the connection")
    func untilClose() throws {
        var decoder = WebhookResponseDecoder()
        var bytes = ByteBuffer(string: "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<b>hi</b>")
        #expect(try decoder.read(&bytes) == nil)
        let response = try decoder.end()
        #expect(String(buffer: response.body) == "<b>hi</b>")
        #expect(!response.keepsAlive)
    }

    @Test("A response that the connection cuts off is truncated")
    func truncated() throws {
        var decoder = WebhookResponseDecoder()
        var bytes = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        #expect(try decoder.read(&bytes) == nil)
        #expect(throws: WebhookResponseFailure.truncated) { try decoder.end() }
    }

    @Test(
        "Whether the connection can go on is the server's word",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", false),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: x, Close\r\n\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", true),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true),
        ]
    )
    func keepAlive(text: String, keepsAlive: Bool) throws {
        #expect(try Self.decode(text, pieces: 1000).map(\.keepsAlive) == [keepsAlive])
    }

    @Test(
        "What is no response, or contradicts itself, is malformed",
        arguments: [
            "garbage\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
            "HTTP/1.1 200 OK\r\nBad name: 1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        ]
    )
    func malformed(text: String) {
        #expect(Self.failure(text) == .malformed)
    }

    @Test("Sizes have bounds")
    func bounds() {
        let large = WebhookResponseDecoder.maximumBodyLength + 1
        #expect(Self.failure("HTTP/1.1 200 OK\r\nContent-Length: \(large)\r\n\r\n") == .bodyTooLarge)
        let chunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(String(large, radix: 16))\r\n"
        #expect(Self.failure(chunk) == .bodyTooLarge)
        #expect(Self.failure("HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "a", count: large)) == .bodyTooLarge)
        let head = "HTTP/1.1 200 OK\r\nX: " + String(repeating: "a", count: WebhookResponseDecoder.maximumHeadLength)
        #expect(Self.failure(head) == .headTooLarge)
    }

    @Test("Random bytes are an answer or an error, and never more", arguments: 0..<20)
    func randomBytes(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let valid = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: b\r\n\r\n3\r\nabc\r\n0\r\n\r\n".utf8)
        for _ in 0..<500 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            var decoder = WebhookResponseDecoder()
            var buffer = ByteBuffer(bytes: bytes)
            if let response = try? decoder.read(&buffer) { #expect((200..<600).contains(response.status)) }
        }
    }
}
