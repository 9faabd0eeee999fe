// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "Revisit",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "revisit", targets: ["revisit"]),
        .library(name: "Lua", targets: ["Lua"]),
        .library(name: "Scripting", targets: ["Scripting"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // The house, top to bottom: a target imports what its line says and nothing else (Tests/HouseTests keeps it true).
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .target(name: "LuaShim", dependencies: ["CLua"], cSettings: [.unsafeFlags(["-O2"])]),
        .target(name: "Lua", dependencies: ["LuaShim"], swiftSettings: strict),
        .target(name: "FollowUp", swiftSettings: strict),
        .target(name: "Scripting", dependencies: ["FollowUp", "Lua"], swiftSettings: strict),
        .target(name: "ScriptKit", dependencies: ["Scripting", "FollowUp", "Lua"], swiftSettings: strict),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "MailShim", dependencies: ["CCurl"], cSettings: [.unsafeFlags(["-O2"])]),
        .target(
            name: "Channels",
            dependencies: [
                "FollowUp", "MailShim",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .target(
            name: "TreeShim", dependencies: ["CExpat"], cSettings: [.unsafeFlags(["-O2"])], cxxSettings: [.unsafeFlags(["-O2"])],
            linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "Feeds", dependencies: ["FollowUp", "TreeShim"], swiftSettings: strict),
        .target(
            name: "SQLiteStorage",
            dependencies: ["FollowUp", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "Server",
            dependencies: [
                "FollowUp",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(name: "EditShim", dependencies: ["CEdit"], cSettings: [.unsafeFlags(["-O2"])]),
        .executableTarget(
            name: "revisit",
            dependencies: [
                "FollowUp", "Lua", "Scripting", "ScriptKit", "Feeds", "Channels", "SQLiteStorage", "EditShim", "Server",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .executableTarget(
            name: "DispatchBenchmark", dependencies: ["FollowUp", "Lua", "Scripting", "SQLiteStorage"], path: "Benchmarks/Dispatch",
            exclude: ["queue_peers.py"], swiftSettings: strict),

        .executableTarget(name: "SandboxFuzz", dependencies: ["LuaFuzzing"], path: "Benchmarks/SandboxFuzz", swiftSettings: strict),
        .executableTarget(name: "FeedFuzz", dependencies: ["FeedFuzzing"], path: "Benchmarks/FeedFuzz", swiftSettings: strict),

        // One test target a room.
        .target(name: "StockLua", dependencies: ["CLua"], path: "Tests/StockLua"),
        .target(name: "LuaFuzzing", dependencies: ["Lua"], path: "Tests/LuaFuzzing", swiftSettings: strict),
        .target(name: "FeedFuzzing", dependencies: ["Feeds"], path: "Tests/FeedFuzzing", swiftSettings: strict),
        .testTarget(name: "LuaTests", dependencies: ["Lua", "LuaFuzzing", "StockLua"], resources: [.copy("Fixtures")], swiftSettings: strict),
        .testTarget(
            name: "FollowUpTests", dependencies: ["FollowUp"], exclude: ["Calendar/golden"], swiftSettings: strict),
        .testTarget(
            name: "FeedsTests", dependencies: ["Feeds", "FeedFuzzing"], resources: [.copy("Fixtures")], swiftSettings: strict),
        .testTarget(name: "ChannelsTests", dependencies: ["Channels", "MailShim", "FollowUp"], swiftSettings: strict),
        .testTarget(
            name: "SQLiteStorageTests", dependencies: ["SQLiteStorage", "FollowUp", .product(name: "GRDB", package: "GRDB.swift")],
            resources: [.copy("Fixtures")], swiftSettings: strict),
        .target(name: "DiskShim", path: "Tests/DiskShim"),
        .target(name: "LedgerWorkload", dependencies: ["FollowUp", "SQLiteStorage"], path: "Tests/LedgerWorkload", swiftSettings: strict),
        .executableTarget(
            name: "LedgerWorker",
            dependencies: ["DiskShim", "FollowUp", "LedgerWorkload", "SQLiteStorage", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/LedgerWorker", swiftSettings: strict),
        .testTarget(
            name: "DurabilityTests",
            dependencies: ["FollowUp", "LedgerWorkload", "SQLiteStorage", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .testTarget(
            name: "ScriptingTests", dependencies: ["Scripting", "ScriptKit", "FollowUp", "Lua"], exclude: ["BeginnerErrors"], swiftSettings: strict),
        .testTarget(
            name: "ScriptKitTests", dependencies: ["ScriptKit", "Scripting", "FollowUp", "Lua", "SQLiteStorage"], swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "FollowUp", "SQLiteStorage", "Channels",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: strict),
        .testTarget(name: "revisitTests", dependencies: ["revisit", "Channels", "FollowUp", "Server"], exclude: ["Transcripts"], swiftSettings: strict),
        .testTarget(
            name: "CrashTests", dependencies: ["revisit"], exclude: ["check.py", "crash.py", "deeds.py", "world.py"], swiftSettings: strict),
        .testTarget(name: "HouseTests", swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)
