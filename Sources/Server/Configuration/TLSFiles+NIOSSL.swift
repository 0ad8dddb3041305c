import NIOSSL

extension ServerConfiguration.TLSFiles {
    /// TLS 1.2 and 1.3 with the certificate and key read from their files.
    ///
    /// - Throws: ``ConfigurationError`` when one of them cannot be read, or when they do not belong together.
    func tlsConfiguration() throws(ConfigurationError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try Self.read(.tlsCertificate, certificate, holding: "certificates") { path in
                try NIOSSLCertificate.fromPEMFile(path).map { .certificate($0) }
            },
            privateKey: try Self.read(.tlsKey, key, holding: "a private key without a pass phrase") { path in
                .privateKey(try NIOSSLPrivateKey(file: path, format: .pem))
            }
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            _ = try NIOSSLContext(configuration: configuration)
        } catch {
            throw ConfigurationError([
                "The key in ‘\(key)’ (HIWORKER_TLS_KEY) is not that of the certificate in ‘\(certificate)’ "
                    + "(HIWORKER_TLS_CERTIFICATE), or one of them is of no use for TLS."
            ])
        }
        return configuration
    }

    private static func read<Content>(
        _ setting: Setting,
        _ path: String,
        holding content: String,
        with reader: (String) throws -> Content
    ) throws(ConfigurationError) -> Content {
        do {
            return try reader(path)
        } catch {
            throw ConfigurationError([
                "\(setting.variable) (or --\(setting.flag)) is ‘\(path)’; it must be a file with \(content) in PEM that this "
                    + "user may read."
            ])
        }
    }
}
