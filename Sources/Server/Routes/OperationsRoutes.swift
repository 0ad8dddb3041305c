import API
import BSON
import Directory
import Hummingbird
import Relay

/// What operators and their tools ask of the process: health, readiness, metrics, and the API's description.
struct OperationsRoutes {
    let directory: Directory
    let description: JSON.Object
    let metrics: PrometheusMetrics
    /// Whether everything is there that the first caller may need besides the directory.
    let isSettled: @Sendable () -> Bool
    let isDraining: @Sendable () -> Bool

    func add(to router: Router<APIRequestContext>) {
        router.get("/healthz") { _, _ in Response(json: ["status": "alive"]) }
        router.get("/readyz", use: readiness)
        router.get("/metrics", use: scrape)
        let openAPI = JSON.object(description).bytes
        router.get("/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: openAPI))
            )
        }
        router.get("/docs/problems") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: ProblemCatalogue.html()))
            )
        }
    }

    /// 200 once the snapshot is loaded, also while MongoDB is away, which `mongodb` then says.
    @Sendable private func readiness(_ request: Request, _ context: APIRequestContext) -> Response {
        let status = directory.status
        let isReady = status.isLoaded && isSettled() && !isDraining()
        var mongodb: JSON.Object = ["connected": .bool(status.isConnected)]
        mongodb["changes"] = status.source == .changeStream ? "stream" : "polling"
        if let since = status.staleSince { mongodb["stale_since"] = .string(since.rfc3339) }
        if let problem = status.problem { mongodb["problem"] = .string(problem) }
        let counts = status.counts
        let body: JSON.Object = [
            "status": isReady ? "ready" : isDraining() ? "draining" : "loading",
            "mongodb": .object(mongodb),
            "snapshot": [
                "version": .integer(Int64(status.version)),
                "companies": .integer(Int64(counts.companies)),
                "bots": .integer(Int64(counts.bots)),
                "members": .integer(Int64(counts.members)),
                "keys": .integer(Int64(counts.keys)),
            ],
        ]
        return Response(json: body, status: isReady ? .ok : .serviceUnavailable)
    }

    @Sendable private func scrape(_ request: Request, _ context: APIRequestContext) -> Response {
        let status = directory.status
        let text =
            metrics.text() + """
                # TYPE hiworker_snapshot_version gauge
                hiworker_snapshot_version \(status.version)
                # TYPE hiworker_snapshot_bots gauge
                hiworker_snapshot_bots \(status.counts.bots)
                # TYPE hiworker_snapshot_keys gauge
                hiworker_snapshot_keys \(status.counts.keys)
                # TYPE hiworker_mongodb_connected gauge
                hiworker_mongodb_connected \(status.isConnected ? 1 : 0)
                # TYPE hiworker_change_stream_reopenings_total counter
                hiworker_change_stream_reopenings_total \(status.reopenings)

                """
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }
}
