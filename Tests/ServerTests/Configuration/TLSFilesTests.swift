import Foundation
import NIOSSL
import Testing

@testable import Server

@Suite struct `TLS files` {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "hiworker-\(UUID())")

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ name: String, _ content: String) throws -> String {
        let url = folder.appending(path: name)
        try Data(content.utf8).write(to: url)
        return url.path(percentEncoded: false)
    }

    @Test func `that belong together make a configuration for TLS 1.2 and later`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ServerConfiguration.TLSFiles(
            certificate: try file("c.pem", Self.certificate),
            key: try file("k.pem", Self.key)
        )
        let tls = try files.tlsConfiguration()
        #expect(tls.minimumTLSVersion == .tlsv12)
        #expect(tls.applicationProtocols == ["http/1.1"])
    }

    @Test func `that cannot be read or used are named`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let certificate = try file("c.pem", Self.certificate)
        let key = try file("k.pem", Self.key)
        for (files, complaint) in [
            (ServerConfiguration.TLSFiles(certificate: "/nonexistent", key: key), "HIWORKER_TLS_CERTIFICATE (or "),
            (.init(certificate: key, key: key), "HIWORKER_TLS_CERTIFICATE (or "),
            (.init(certificate: certificate, key: "/nonexistent"), "HIWORKER_TLS_KEY (or "),
            (.init(certificate: certificate, key: certificate), "HIWORKER_TLS_KEY (or "),
            (.init(certificate: certificate, key: try file("other.pem", Self.otherKey)), "The key in "),
        ] {
            let error = try #require(throws: ConfigurationError.self) { try files.tlsConfiguration() }
            #expect(error.description.hasPrefix(complaint))
        }
    }

    /// Self-signed, for localhost, valid for a hundred years; it guards nothing.
    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBgDCCASWgAwIBAgIUeVsyADDbemfwoFJ6ZGhvObgA+b4wCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzEwMTQzNloYDzIxMjYxMDMw
        MTAxNDM2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQsYcWlfhhKnAaZfB1WlfBXQqRCzsEk3UCcA0ND2YQE2GeJLM2vzV1F
        6hQFBGlMDG2Tje2eOUZq3YX02b2oZPtuo1MwUTAdBgNVHQ4EFgQU2xJ61cLib17n
        jipddChIgvnlS9kwHwYDVR0jBBgwFoAU2xJ61cLib17njipddChIgvnlS9kwDwYD
        VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEApvZTuTvv4Cg2xXURiD+H
        ngm0EX3O8ufDYajxRffC1SwCIQD2n8r0De3Dj83M/+yz1f1CFx454Up/Cl1SBYiX
        iNMsoQ==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg65kmkMcbCmHdxKVH
        N/x43wcjtqx4KpNBLMyhj44jn1OhRANCAAQsYcWlfhhKnAaZfB1WlfBXQqRCzsEk
        3UCcA0ND2YQE2GeJLM2vzV1F6hQFBGlMDG2Tje2eOUZq3YX02b2oZPtu
        -----END PRIVATE KEY-----
        """

    private static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7l+x1V+AMRuVcsmA
        FFYKIfq9zSiQf68Tzm1Y8vXEruWhRANCAASZgbQ4FJEyA9ivPuqZMOtWxKEq8jyy
        TFX25gLmmZPGUklSJXRLyNC6Gj7Qf77GGrZadNZtQQUH2Na9RIUH+71w
        -----END PRIVATE KEY-----
        """
}
