public import Foundation
public import Lua

/// A rooftop's folder of scripts as text, with the stdlib: read whole before anything of it runs.
public struct ScriptBundle: Sendable {
    /// A folder that is no rooftop, or a file in it that can't be read.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) {
            self.description = description
        }
    }

    /// The files of a rooftop that the host looks for; only the first is required.
    public static let hostFiles = ["rooftop", "mapping", "channel", "message"]

    public let folder: URL
    /// Every script that may be required: the rooftop's own, and those of the standard library that it doesn't replace.
    public private(set) var sources: [ScriptSource]
    /// The rooftop's own.
    public private(set) var own: [ScriptSource]
    /// The standard library, when it can be loaded before the rooftop's own files.
    public let base: [ScriptSource]?
    /// Lua tables of the rooftop's fixtures, which tests alone may require: "fixtures/touch_12".
    public let fixtures: [ScriptSource]
    /// The host's files that this rooftop has, without ".lua".
    public let present: [String]

    /// Reads `folder` and the stdlib. A rooftop's file comes before a stdlib module of the same name.
    public init(folder: URL, stdlib: URL) throws {
        let own = try Self.luaFiles(in: folder, as: "the rooftop's folder")
        guard own.contains(where: { $0.name == "rooftop.lua" }) else {
            throw Unreadable(
                description: "\(folder.path) has no rooftop.lua, so it is no rooftop; see scripts/ for examples to copy")
        }
        let names = Set(own.map(\.name))
        self.folder = folder
        self.own = own
        fixtures = try Self.luaFiles(inside: "fixtures", of: folder)
        present = Self.hostFiles.filter { names.contains($0 + ".lua") }
        var library = try Self.luaFiles(in: stdlib, as: "the standard library")
        for index in library.indices { library[index].isLibrary = true }
        // A module that a rooftop has of its own stands behind what the others require.
        base = library.contains { names.contains($0.name) } ? nil : library
        sources = own + library.filter { !names.contains($0.name) }
    }

    /// Every script that the rooftop may run, by name: what its bundle's hash is made of.
    public var contents: [(name: String, text: String)] {
        sources.map { ($0.name, $0.text) }.sorted { $0.0 < $1.0 }
    }

    /// The same bundle with another text in one of the rooftop's own files.
    public func replacing(_ name: String, by text: String) -> ScriptBundle {
        var changed = self
        let source = ScriptSource(name: name, text: text)
        changed.sources = sources.map { $0.name == name ? source : $0 }
        changed.own = own.map { $0.name == name ? source : $0 }
        return changed
    }

    /// The rooftop's `tests/*_test.lua`; none is no error.
    public func testSources() throws -> [ScriptSource] {
        try Self.luaFiles(inside: "tests", of: folder).filter { $0.name.hasSuffix("_test.lua") }
    }

    /// The scripts of a folder inside the rooftop's, named with it; none when there is no such folder.
    private static func luaFiles(inside name: String, of folder: URL) throws -> [ScriptSource] {
        let inner = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: inner.path) else { return [] }
        return try luaFiles(in: inner, as: "the rooftop's \(name)").map { ScriptSource(name: "\(name)/\($0.name)", text: $0.text) }
    }

    private static func luaFiles(in folder: URL, as what: String) throws -> [ScriptSource] {
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw Unreadable(description: "there is no folder \(folder.path), where \(what) should be")
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw Unreadable(description: "cannot read \(what), \(folder.path): \(error.localizedDescription)")
        }
        return try names.filter { $0.hasSuffix(".lua") }.sorted().map { name in
            let bytes: Data
            do {
                bytes = try Data(contentsOf: folder.appending(path: name))
            } catch {
                throw Unreadable(description: "cannot read \(folder.path)/\(name): \(error.localizedDescription)")
            }
            guard let text = String(bytes: bytes, encoding: .utf8) else {
                throw Unreadable(description: "\(folder.path)/\(name) is not UTF-8 text; save it as UTF-8")
            }
            return ScriptSource(name: name, text: text)
        }
    }
}
