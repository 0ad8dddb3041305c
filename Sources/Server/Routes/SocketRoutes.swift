import API
import Hummingbird
import Relay

/// The bot socket for requests that the front did not upgrade: says why. A connection that turned cold stays so, and a
/// socket needs a hot one.
struct SocketRoutes {
    let relay: Relay

    func add(to group: RouterGroup<APIRequestContext>) {
        group.get("/v1/me/socket", use: refuse)
    }

    @Sendable private func refuse(_ request: Request, _ context: APIRequestContext) async throws -> Response {
        let bot = try context.requireBot().bot
        if let problem = await relay.refusalOfSocket(for: bot, on: context.channel.eventLoop) { throw problem }
        var response = Problem(.upgradeRequired).response(in: context.language)
        response.headers[.upgrade] = "websocket"
        response.headers[.secWebSocketVersion] = "13"
        response.headers[.connection] = "close"
        return response
    }
}
