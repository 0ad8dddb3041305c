import BSON
import Foundation
import Logging
import NIOCore
import Server
import ServiceLifecycle

/// Sets the demo's company up on a server that starts beside it, runs the bot, and prints how to try it.
struct DemoService: Service {
    /// A new server has to have loaded its directory and added the admin key before it accepts the key.
    private static let keyPatience = Duration.seconds(30)
    private static let keyPause = Duration.milliseconds(50)
    private static let codesBeforeTheKey = ["key_unknown", "storage_unavailable"]

    let bot: MeetingRoomsBot
    let configuration: ServerConfiguration
    let adminKey: String
    /// The address that the server listens on, once.
    let listening: AsyncStream<SocketAddress>

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await demonstrate() }
    }

    private func demonstrate() async throws {
        guard let address = await listening.first(where: { _ in true }), let port = address.port else { return }
        let url = Self.url(host: configuration.host, port: port)
        let settings = ClientSettings(url: url, apiKey: adminKey, caFile: nil)
        let (registered, member) = try await APIClient.with(settings) { client in
            try await Self.waitUntilAccepted(client)
            let directory = DemoDirectory(client: client)
            try await directory.ensureCompany()
            let registered = try await directory.ensureBot()
            return (registered, try await directory.ensureMember())
        }
        try await bot.run(key: registered.key, url: url) {
            try await APIClient.with(settings) { client in
                try await DemoDirectory(client: client).rooms(ofBot: registered.id)
            }
        } whenReady: { rooms in
            let room = try await freeRoom(url, rooms: rooms, member: member)
            let directory = DataDirectory(configuration.dataDirectory)
            let banner = DemoBanner(
                url: url,
                memberKey: member.key,
                room: room,
                adminKeyFile: AdminKeyFile(in: directory).path,
                dataDirectory: directory.path
            )
            Console(json: false).say(banner.text)
        }
    }

    /// Where clients on this machine find a server that listens on a host.
    static func url(host: String, port: Int) -> String {
        switch host {
        case "0.0.0.0": "http://127.0.0.1:\(port)"
        case "::": "http://[::1]:\(port)"
        case let host where host.contains(":"): "http://[\(host)]:\(port)"
        case let host: "http://\(host):\(port)"
        }
    }

    private static func waitUntilAccepted(_ client: APIClient) async throws {
        let deadline = ContinuousClock.now + keyPatience
        while true {
            do {
                _ = try await client.get("/v1/me")
                return
            } catch let failure as CommandFailure where Self.codesBeforeTheKey.contains(failure.code ?? "") {
                guard .now < deadline else { throw failure }
                try await Task.sleep(for: keyPause)
            }
        }
    }

    /// A room for the printed command; bookings that earlier demos left make room when there is no other.
    private func freeRoom(_ url: String, rooms: [String], member: (id: String, key: String)) async throws -> String {
        let now = OfficeTime(Date())
        let bookings = Booking.read(bot.bookingsFile)
        let offer = RoomOffer(rooms: rooms, bookings: bookings, member: member.id, day: now.day, now: now.time)
        if case .own(_, let old)? = offer {
            try await APIClient.with(ClientSettings(url: url, apiKey: member.key, caFile: nil)) { client in
                for booking in old {
                    _ = try await client.post(
                        "/v1/messages",
                        ["text": .string("/예약 취소 \(booking.time) \(booking.room)"), "wait_seconds": 10]
                    )
                }
            }
        }
        return offer?.room ?? rooms.first ?? ""
    }
}
