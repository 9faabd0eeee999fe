// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "SandboxBenchmark",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "Revisit", path: "../.."),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.0.0"),
    ],
    targets: [
        .systemLibrary(name: "PlainCLua", path: "Sources/PlainCLua", pkgConfig: "lua5.4"),
        .target(name: "PlainLua", dependencies: ["PlainCLua"], cSettings: [.unsafeFlags(["-O2"])]),
        .executableTarget(
            name: "SandboxBenchmark",
            dependencies: [
                "PlainLua", .product(name: "Lua", package: "Revisit"), .product(name: "Scripting", package: "Revisit"),
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            resources: [.copy("message.lua")], swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
