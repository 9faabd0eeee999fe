import Foundation
import Testing

/// Keeps the layers of the house: a target imports what its line says and nothing else.
@Suite struct ImportTests {
    /// What each room of Sources may import.
    static let allowed: [String: Set<String>] = [
        "SQLiteStorage": ["FollowUp", "GRDB", "Foundation", "Synchronization"],
        "CLua": [],
        "LuaShim": ["CLua"],
        "Lua": ["LuaShim", "Foundation", "Synchronization"],
        "FollowUp": ["Foundation", "Synchronization"],
        "Scripting": ["FollowUp", "Lua", "Foundation"],
        "ScriptKit": ["Scripting", "FollowUp", "Lua", "Foundation", "Synchronization"],
        "CCurl": [],
        "MailShim": ["CCurl"],
        "Channels": ["FollowUp", "MailShim", "AsyncHTTPClient", "Crypto", "Foundation", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "Synchronization"],
        "CExpat": [],
        "TreeShim": ["CExpat"],
        "Feeds": ["FollowUp", "TreeShim", "Foundation"],
        "Server": ["FollowUp", "Hummingbird", "HummingbirdCore", "HTTPTypes", "Logging", "Metrics", "NIOCore", "ServiceLifecycle", "Foundation", "Synchronization"],
        "CEdit": [],
        "EditShim": ["CEdit"],
        "revisit": ["ArgumentParser", "AsyncHTTPClient", "Configuration", "Crypto", "Hummingbird", "Logging", "Metrics", "Server", "ServiceLifecycle", "SystemPackage", "UnixSignals", "Yams", "SQLiteStorage", "FollowUp", "Lua", "Scripting", "ScriptKit", "Feeds", "Channels", "EditShim", "Foundation", "Synchronization"],
    ]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("every room of Sources has its line in the import table")
    func rooms() throws {
        let sources = Self.root.appending(path: "Sources").path
        #expect(Set(try FileManager.default.contentsOfDirectory(atPath: sources)) == Set(Self.allowed.keys))
    }

    @Test("a target imports only what its line says", arguments: allowed.keys.sorted())
    func imports(target: String) throws {
        var found: Set<String> = []
        for file in try Self.swiftFiles(of: target) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ")
                guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else { continue }
                found.insert(String(words[place + 1].split(separator: ".")[0]))
            }
        }
        #expect(found.subtracting(Self.allowed[target] ?? []) == [])
    }

    @Test("the domain reads no clock and does no input or output")
    func pureDomain() throws {
        for file in try Self.swiftFiles(of: "FollowUp") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for forbidden in ["Date()", "FileManager", "FileHandle", "ProcessInfo", "UUID()", "TimeZone.current"] {
                #expect(!text.contains(forbidden), "\(file.lastPathComponent): \(forbidden)")
            }
        }
    }

    @Test("a file is short enough to read")
    func length() throws {
        for target in Self.allowed.keys {
            for file in try Self.swiftFiles(of: target) {
                let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).count
                #expect(lines <= 600, "\(file.lastPathComponent) has \(lines) lines")
            }
        }
    }

    private static func swiftFiles(of target: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/\(target)")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
            .map { folder.appending(path: $0) }
    }
}
