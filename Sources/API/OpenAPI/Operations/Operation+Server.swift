extension Operation {
    static let server: [Operation] = [
        Operation(
            method: .get,
            path: "/healthz",
            id: "getHealth",
            tag: .server,
            summary: "Whether the process is alive",
            key: .none,
            answers: [.json(200, "It is.", .object(["status": .string()]))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/readyz",
            id: "getReadiness",
            tag: .server,
            summary: "Whether the process can serve",
            detail: "It can once its snapshot is loaded, and still while MongoDB is away, which it then says.",
            key: .none,
            answers: [
                .json(200, "It can.", .reference("Readiness")),
                .json(503, "Not yet, or no longer.", .reference("Readiness")),
            ],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/metrics",
            id: "getMetrics",
            tag: .server,
            summary: "Counters and gauges in Prometheus' text format",
            key: .none,
            answers: [Answer(status: 200, detail: "The metrics.", content: ("text/plain", .string()))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/openapi.json",
            id: "getDescription",
            tag: .server,
            summary: "This description",
            key: .none,
            answers: [.json(200, "OpenAPI 3.1.", .object([:]))],
            needsStorage: false
        ),
        Operation(
            method: .get,
            path: "/docs/problems",
            id: "getProblemCatalogue",
            tag: .server,
            summary: "Every problem code, in Korean and English",
            key: .none,
            answers: [Answer(status: 200, detail: "A page for people.", content: ("text/html", .string()))],
            needsStorage: false
        ),
    ]
}
