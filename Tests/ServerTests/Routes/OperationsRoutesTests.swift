import API
import BSON
import CoreMetrics
import Directory
import HTTPTypes
import Hummingbird
import Mongo
import MongodSupport
import NIOEmbedded
import Testing

@testable import Server

@Suite(.timeLimit(.minutes(2)))
struct `The routes of operation` {
    private let metrics = PrometheusMetrics()

    private func client(
        _ directory: Directory,
        isSettled: Bool = true,
        isDraining: Bool = false
    ) -> RouterClient {
        let router = Router.api(for: .all)
        OperationsRoutes(
            directory: directory,
            description: ["openapi": "3.1.0"],
            metrics: metrics,
            isSettled: { isSettled },
            isDraining: { isDraining }
        )
        .add(to: router)
        return RouterClient(router, channel: NIOAsyncTestingChannel())
    }

    /// Lends a directory that has not begun to load.
    private func withIdleDirectory(_ body: (Directory) async throws -> Void) async throws {
        let pool = try MongoPool(uri: "mongodb://127.0.0.1:1/", logger: .silent)
        do {
            try await body(Directory(database: pool.database("nothing"), logger: .silent))
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    @Test
    func `say that the process lives, whatever else is wrong`() async throws {
        try await withIdleDirectory { directory in
            let answer = try await client(directory, isDraining: true).get("/healthz")
            #expect(answer.status == 200)
            #expect(answer.json == ["status": "alive"])
        }
    }

    @Test
    func `are not ready before the directory is loaded`() async throws {
        try await withIdleDirectory { directory in
            let answer = try await client(directory).get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.json?["status"] == "loading")
        }
    }

    @Test
    func `are ready once it is, and say how much it holds`() async throws {
        try await withDirectory { directory in
            _ = try await directory.createCompany(NewCompany(domain: "example.com", name: "Example"))
            _ = try await directory.createMember(NewMember(name: "김하나"), company: "example.com")
            let answer = try await client(directory).get("/readyz")
            #expect(answer.status == 200)
            #expect(answer.json?["status"] == "ready")
            #expect(answer.json?["mongodb"] == ["connected": true, "changes": "stream"])
            let snapshot = try #require(answer.json?["snapshot"]?.object)
            #expect(
                snapshot["companies"] == 1 && snapshot["members"] == 1 && snapshot["bots"] == 0 && snapshot["keys"] == 1
            )
        }
    }

    @Test
    func `are not ready before the first admin key is there`() async throws {
        try await withDirectory { directory in
            let answer = try await client(directory, isSettled: false).get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.json?["status"] == "loading")
        }
    }

    @Test
    func `are not ready any more when the server stops`() async throws {
        try await withDirectory { directory in
            let answer = try await client(directory, isDraining: true).get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.json?["status"] == "draining")
        }
    }

    @Test
    func `stay ready without MongoDB, and say so`() async throws {
        let mongod = try await TestMongod.start()
        try await withDirectory(on: mongod) { directory in
            let client = client(directory)
            await mongod.kill()
            while directory.status.isConnected { try await Task.sleep(for: .milliseconds(50)) }
            let ready = try await client.get("/readyz")
            #expect(ready.status == 200)
            #expect(ready.json?["status"] == "ready")
            let mongodb = try #require(ready.json?["mongodb"]?.object)
            #expect(mongodb["connected"] == false)
            #expect(mongodb["stale_since"]?.string?.hasSuffix("Z") == true)
            #expect(try await client.get("/metrics").text.contains("\nhiworker_mongodb_connected 0\n"))
        }
        await mongod.stop()
    }

    @Test
    func `show the metrics of the process and of its directory`() async throws {
        try await withDirectory { directory in
            Counter(label: "hiworker_test_total", dimensions: [], factory: metrics).increment(by: 3)
            _ = try await directory.createCompany(NewCompany(domain: "example.com", name: "Example"))
            let answer = try await client(directory).get("/metrics")
            #expect(answer.status == 200)
            #expect(answer.fields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            let lines = answer.text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.last == "")
            for line in [
                "# TYPE hiworker_test_total counter", "hiworker_test_total 3", "hiworker_snapshot_bots 0",
                "hiworker_snapshot_keys 0", "hiworker_mongodb_connected 1", "hiworker_change_stream_reopenings_total 0",
            ] {
                #expect(lines.count { $0 == line } == 1, "\(line)")
            }
            for line in lines.dropLast() {
                #expect(
                    line.wholeMatch(of: /# TYPE [a-z_]+ (counter|gauge|summary)|[a-z_]+(\{.*\})? [0-9.e+-]+/) != nil,
                    "\(line)"
                )
            }
        }
    }

    @Test
    func `describe the API and its problems`() async throws {
        try await withIdleDirectory { directory in
            let client = client(directory)
            let description = try await client.get("/openapi.json")
            #expect(description.json == ["openapi": "3.1.0"])
            #expect(description.fields[.contentType] == "application/json")
            let problems = try await client.get("/docs/problems")
            #expect(problems.fields[.contentType] == "text/html; charset=utf-8")
            for code in Problem.Code.allCases { #expect(problems.text.contains("id=\"\(code.rawValue)\"")) }
        }
    }

    @Test
    func `have answers for other methods and paths`() async throws {
        try await withIdleDirectory { directory in
            let client = client(directory)
            let codes = [try await client.post("/healthz", "{}").code, try await client.get("/nothing").code]
            #expect(codes == ["method_not_allowed", "not_found"])
        }
    }
}
