#!/bin/sh
# The tests of LuaShim and Lua under AddressSanitizer, and UndefinedBehaviorSanitizer for the C: a package of their own under
# .build, so that nothing else is built twice. UBSan traps, since the toolchain's runtime has no place in a Swift executable.
set -e
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/.build/sanitize
mkdir -p "$work/Sources" "$work/Tests"
for part in CLua LuaShim Lua; do ln -sfn "$root/Sources/$part" "$work/Sources/$part"; done
for part in StockLua LuaFuzzing LuaTests; do ln -sfn "$root/Tests/$part" "$work/Tests/$part"; done
cat > "$work/Package.swift" <<'PACKAGE'
// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "Sanitized", platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CLua", pkgConfig: "lua5.4"),
        .target(
            name: "LuaShim", dependencies: ["CLua"],
            cSettings: [.unsafeFlags(["-O1", "-fsanitize=undefined", "-fsanitize-trap=undefined", "-fno-sanitize=function"])]),
        .target(name: "Lua", dependencies: ["LuaShim"], swiftSettings: strict),
        .target(name: "StockLua", dependencies: ["CLua"], path: "Tests/StockLua"),
        .target(name: "LuaFuzzing", dependencies: ["Lua"], path: "Tests/LuaFuzzing", swiftSettings: strict),
        .testTarget(
            name: "LuaTests", dependencies: ["Lua", "LuaFuzzing", "StockLua"], resources: [.copy("Fixtures")], swiftSettings: strict),
    ]
)
PACKAGE
# A kill is a longjmp over frames whose shadow AddressSanitizer unpoisons; the stacks of coroutines are Lua's own.
export ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 SWIFT_BACKTRACE=enable=no
exec swift test --package-path "$work" --sanitize=address
