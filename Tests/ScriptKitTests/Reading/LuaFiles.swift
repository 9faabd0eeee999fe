import Foundation

/// The Lua files of the repository.
enum LuaFiles {
    static let root: URL = {
        var folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        while folder.lastPathComponent != "Tests" { folder.deleteLastPathComponent() }
        return folder.deletingLastPathComponent()
    }()

    static func all() throws -> [URL] { try ["scripts", "stdlib", "Tests"].flatMap(files) }

    static func files(in folder: String) throws -> [URL] {
        let folder = root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".lua") }.sorted()
            .map { folder.appending(path: $0) }
    }

    /// Its path as a rooftop knows it: "message.lua", "tests/message_test.lua".
    static func name(of file: URL) -> String {
        let parts = file.pathComponents.suffix(2)
        return parts.first == "tests" ? parts.joined(separator: "/") : file.lastPathComponent
    }

    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
    }
}
