// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "MessageCall",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "Revisit", path: "../..")],
    targets: [
        .systemLibrary(name: "PlainCLua", path: "Sources/PlainCLua", pkgConfig: "lua5.4"),
        .target(name: "PlainLua", dependencies: ["PlainCLua"], cSettings: [.unsafeFlags(["-O2"])]),
        .executableTarget(
            name: "MessageCall", dependencies: ["PlainLua", .product(name: "Lua", package: "Revisit")],
            resources: [.copy("message.lua")], swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
