import AsyncHTTPClient
import BSON
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Server

/// Calls a server's REST API with one API key. Errors are ``CommandFailure``s that say what the server said.
struct APIClient {
    /// Beyond the longest `wait_seconds`.
    private static let callTimeout = TimeAmount.seconds(45)
    private static let connectTimeout = TimeAmount.seconds(5)
    /// A page of 200 bots with all their commands stays below.
    private static let maximumBytes = 64 * 1024 * 1024

    private let http: HTTPClient
    private let settings: ClientSettings

    /// Connects for the duration of `body`.
    static func with<Result>(
        _ settings: ClientSettings,
        _ body: (APIClient) async throws -> Result
    ) async throws -> Result {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let file = settings.caFile {
            do {
                tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(file))]
            } catch {
                throw CommandFailure(
                    .wrongConfiguration,
                    "HIWORKER_CA_FILE (or --ca-file) is ‘\(file)’, which holds no PEM certificates that can be read."
                )
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: connectTimeout)
        )
        // Where nothing listens somebody waits at a prompt to be told.
        configuration.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let result: Result
        do {
            result = try await body(APIClient(http: http, settings: settings))
        } catch {
            try? await http.shutdown()
            throw error
        }
        try? await http.shutdown()
        return result
    }

    /// An answer with a status from 200 to 299.
    struct Answer {
        let status: Int
        /// Empty for 204.
        let body: JSON.Object
    }

    func get(_ path: String, query: [String: String] = [:]) async throws -> JSON.Object {
        let pairs = query.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escaped($0.value))" }
        return try await call(.GET, pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))").body
    }

    func post(_ path: String, _ body: JSON.Object) async throws -> Answer {
        try await call(.POST, path, body)
    }

    func patch(_ path: String, _ body: JSON.Object) async throws -> JSON.Object {
        try await call(.PATCH, path, body).body
    }

    func delete(_ path: String) async throws {
        _ = try await call(.DELETE, path)
    }

    /// A value as one segment of a path or one part of a query.
    static func escaped(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }

    private func call(_ method: HTTPMethod, _ path: String, _ body: JSON.Object? = nil) async throws -> Answer {
        var request = HTTPClientRequest(url: settings.url + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(settings.apiKey)")
        request.headers.add(name: "accept-language", value: settings.language)
        request.headers.add(name: "user-agent", value: "hiworker/\(HiworkerServer.version)")
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(JSON.object(body).bytes)
        }
        let status: Int
        let bytes: [UInt8]
        do {
            let response = try await http.execute(request, timeout: Self.callTimeout)
            status = Int(response.status.code)
            bytes = Array(buffer: try await response.body.collect(upTo: Self.maximumBytes))
        } catch {
            throw CommandFailure(unreachable: settings.url, error)
        }
        let object = (try? JSON(parsing: bytes))?.object
        guard (200...299).contains(status) else {
            throw CommandFailure(status: status, problem: object, from: settings.url)
        }
        guard let object = bytes.isEmpty ? [:] : object else {
            throw CommandFailure(.refused, "\(settings.url) answered with something that is no JSON; is it a hiworker?")
        }
        return Answer(status: status, body: object)
    }
}
