import NIOSSL

/// A certificate for `localhost` that vouches for itself, valid for a hundred years, and its key: a secret of nobody's.
enum TestCertificate {
    /// A server that presents it.
    static func server() throws -> NIOSSLContext {
        let certificate = try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem)
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: [.certificate(certificate)],
                privateKey: .privateKey(key)
            )
        )
    }

    /// A client that trusts it and nothing else.
    static func client() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.clientDefault
        configuration.trustRoots = .certificates([try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem)])
        return try NIOSSLContext(configuration: configuration)
    }

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBlTCCATugAwIBAgIUVRWF7YhlIAwPcZ1tJYC3w99DjvcwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzA5MjQzN1oYDzIxMjYxMDMw
        MDkyNDM3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAASFUG0LA91O5J09A1NJcWOro59EXb1X7DiNWA2g5KhwbPzkYfYZwudZ
        mDFl9ppkkUrhc4vU7xBVdOsQnwWjOqzNo2kwZzAdBgNVHQ4EFgQU5iRvXfjBbf4Z
        XmqA5sxqPVijD2UwHwYDVR0jBBgwFoAU5iRvXfjBbf4ZXmqA5sxqPVijD2UwDwYD
        VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
        SAAwRQIhAKdV05xdCpZfjY2KM3AW7wgOESgZUjs1AF5yg1eSIFXaAiA4tMfvJ2/S
        KNtkQ0xjJ2BChrKYvZxXBp/2lwvNxjW9EA==
        -----END CERTIFICATE-----
        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtRfrly+9G9G1wGG/
        qpiL4ta+bXzIik8pNatfFWA0seqhRANCAASFUG0LA91O5J09A1NJcWOro59EXb1X
        7DiNWA2g5KhwbPzkYfYZwudZmDFl9ppkkUrhc4vU7xBVdOsQnwWjOqzN
        -----END PRIVATE KEY-----
        """
}
