// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .unsafeFlags(["-warnings-as-errors"]),
]

let package = Package(
    name: "hiworker",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "hiworker", targets: ["hiworker"])],
    dependencies: [
        // The cold lane: router, middleware, server loop, TLS wrapper.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        // Event loops, sockets and byte buffers under both lanes.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        // Turns NIO's HTTP/1.1 parts into the cold lane's request and response types.
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        // TLS for the listener and for webhooks.
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        // SHA-256 of API keys, HMAC of webhook signatures, SHA-1 of WebSocket handshakes.
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        // The header and status types of the cold lane.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        // The lock-free reference to the current snapshot (the standard library's atomics hold no references).
        .package(url: "https://github.com/apple/swift-atomics", from: "1.3.0"),
        // Log lines with metadata.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        // Counters and gauges behind /metrics.
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        // Start, run and graceful stop of the services in one process.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // The HTTP client of the command line's own calls: TLS, time limits.
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // The command line's flags, help texts and errors.
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // One lookup over flags, environment and defaults.
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    ],
    targets: [
        // Where libmongoc and libbson are; knows nothing else.
        .systemLibrary(name: "CMongoC", pkgConfig: "libmongoc-1.0", providers: [.apt(["libmongoc-dev"])]),
        // Documents as bytes, JSON in and out; knows neither C nor MongoDB nor the domain.
        .target(name: "BSON", swiftSettings: settings),
        // MongoDB through libmongoc; the only importer of CMongoC, knows nothing of the domain.
        .target(name: "Mongo", dependencies: ["CMongoC", "BSON", .logging], swiftSettings: settings),
        // The bytes of HTTP, WebSocket and JSON on the hot lane; knows neither bots nor MongoDB.
        .target(name: "Wire", dependencies: [.crypto, .nioCore], swiftSettings: settings),
        // Companies, bots, members, commands and keys, stored and in memory; knows neither HTTP nor delivery.
        .target(
            name: "Directory",
            dependencies: ["BSON", "Mongo", .atomics, .crypto, .logging, .serviceLifecycle],
            swiftSettings: settings
        ),
        // Resources as JSON, the problem catalogue, the OpenAPI description; knows not how they are stored or relayed.
        .target(
            name: "API",
            dependencies: ["BSON", "Directory", .hummingbird, .httpTypes, .logging, .nioCore, .nioHTTP1],
            swiftSettings: settings
        ),
        // Reading a text, routing, deliveries, messages in flight; knows neither REST resources nor HTML.
        .target(
            name: "Relay",
            dependencies: [
                "BSON", "Mongo", "Wire", "Directory", "API",
                .crypto, .logging, .metrics, .nioCore, .nioPosix, .nioSSL, .serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        // The REST resources that administrators use; knows nothing of delivery.
        .target(
            name: "KeyServer",
            dependencies: ["BSON", "Directory", "API", .hummingbird],
            swiftSettings: settings
        ),
        // The Python package as a package index; knows nothing of bots and messages.
        .target(
            name: "PackageIndex",
            dependencies: ["API", "Directory", .crypto, .hummingbird, .httpTypes, .nioCore],
            swiftSettings: settings,
            plugins: ["EmbedPackage"]
        ),
        // Makes Swift source of the Python package's files.
        .plugin(name: "EmbedPackage", capability: .buildTool, dependencies: ["PackageEmbedder"]),
        .executableTarget(name: "PackageEmbedder", path: "Plugins/PackageEmbedder", swiftSettings: settings),
        // One listener, two lanes, TLS, health, lifecycle: the composition.
        .target(
            name: "Server",
            dependencies: [
                "BSON", "Mongo", "Wire", "Directory", "API", "Relay", "KeyServer", "PackageIndex",
                .configuration, .hummingbird, .hummingbirdCore, .hummingbirdTLS, .httpTypes, .logging, .metrics,
                .nioCore, .nioHTTP1, .nioHTTPTypes, .nioPosix, .nioSSL, .serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        // The command line.
        .executableTarget(
            name: "hiworker",
            dependencies: [
                "API", "BSON", "Mongo", "Directory", "Relay", "Server",
                .argumentParser, .asyncHTTPClient, .configuration, .logging, .nioCore, .nioHTTP1, .nioPosix, .nioSSL,
                .serviceLifecycle, .unixSignals,
            ],
            swiftSettings: settings
        ),

        // A real mongod for the tests of whatever stands on MongoDB.
        .target(
            name: "MongodSupport",
            dependencies: ["BSON", "Mongo", .logging],
            path: "Tests/MongodSupport",
            swiftSettings: settings
        ),
        // The frames of the bots' sockets as an echo, for the conformance tests.
        .executableTarget(
            name: "websocket-echo",
            dependencies: ["Wire", .nioCore, .nioPosix],
            path: "Tests/WebSocketEcho",
            swiftSettings: settings
        ),
        .testTarget(name: "BSONTests", dependencies: ["BSON"], exclude: ["Vectors"], swiftSettings: settings),
        .testTarget(
            name: "MongoTests",
            dependencies: ["BSON", "CMongoC", "Mongo", "MongodSupport", .logging],
            swiftSettings: settings
        ),
        .testTarget(name: "WireTests", dependencies: ["Wire", .nioCore], swiftSettings: settings),
        .testTarget(
            name: "DirectoryTests",
            dependencies: ["BSON", "Mongo", "Directory", "MongodSupport", .crypto, .logging, .serviceLifecycle],
            swiftSettings: settings
        ),
        .testTarget(
            name: "APITests",
            dependencies: ["BSON", "Directory", "API", .hummingbird, .hummingbirdTesting, .httpTypes, .nioCore],
            swiftSettings: settings
        ),
        .testTarget(
            name: "KeyServerTests",
            dependencies: [
                "BSON", "Mongo", "Directory", "API", "KeyServer", "MongodSupport",
                .hummingbird, .hummingbirdTesting, .httpTypes, .logging, .nioCore,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "RelayTests",
            dependencies: [
                "BSON", "Mongo", "Wire", "Directory", "API", "Relay", "MongodSupport",
                .logging, .metrics, .metricsTestKit, .nioCore, .nioPosix, .nioSSL, .serviceLifecycle,
            ],
            resources: [.copy("Reading/readings.json")],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "BSON", "Mongo", "Directory", "API", "Relay", "Server", "MongodSupport",
                .configuration, .httpTypes, .hummingbird, .hummingbirdCore, .logging, .metrics, .nioCore, .nioEmbedded,
                .nioPosix,
                .nioHTTP1, .nioSSL, .serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "HiworkerTests",
            dependencies: ["BSON", "Server", "hiworker", .argumentParser, .logging],
            swiftSettings: settings
        ),
    ]
)

extension Target.Dependency {
    static var argumentParser: Self { .product(name: "ArgumentParser", package: "swift-argument-parser") }
    static var asyncHTTPClient: Self { .product(name: "AsyncHTTPClient", package: "async-http-client") }
    static var atomics: Self { .product(name: "Atomics", package: "swift-atomics") }
    static var configuration: Self { .product(name: "Configuration", package: "swift-configuration") }
    static var crypto: Self { .product(name: "Crypto", package: "swift-crypto") }
    static var httpTypes: Self { .product(name: "HTTPTypes", package: "swift-http-types") }
    static var hummingbird: Self { .product(name: "Hummingbird", package: "hummingbird") }
    static var hummingbirdCore: Self { .product(name: "HummingbirdCore", package: "hummingbird") }
    static var hummingbirdTesting: Self { .product(name: "HummingbirdTesting", package: "hummingbird") }
    static var hummingbirdTLS: Self { .product(name: "HummingbirdTLS", package: "hummingbird") }
    static var logging: Self { .product(name: "Logging", package: "swift-log") }
    static var metrics: Self { .product(name: "Metrics", package: "swift-metrics") }
    static var metricsTestKit: Self { .product(name: "MetricsTestKit", package: "swift-metrics") }
    static var nioCore: Self { .product(name: "NIOCore", package: "swift-nio") }
    static var nioEmbedded: Self { .product(name: "NIOEmbedded", package: "swift-nio") }
    static var nioHTTP1: Self { .product(name: "NIOHTTP1", package: "swift-nio") }
    static var nioHTTPTypes: Self { .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras") }
    static var nioPosix: Self { .product(name: "NIOPosix", package: "swift-nio") }
    static var nioSSL: Self { .product(name: "NIOSSL", package: "swift-nio-ssl") }
    static var serviceLifecycle: Self { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
    static var unixSignals: Self { .product(name: "UnixSignals", package: "swift-service-lifecycle") }
}
