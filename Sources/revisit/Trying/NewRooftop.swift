internal import FollowUp
internal import Foundation
internal import ScriptKit

/// A new rooftop's folder, copied from `templates/rooftop` with its own name.
struct NewRooftop {
    /// A name that won't do, or a folder that is there already.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private static let order = ["rooftop.lua", "mapping.lua", "channel.lua", "message.lua", "tests/", "fixtures/", ".luarc.json"]
    private let folder: String
    private let id: String
    private let title: String
    private let zone: String

    /// "scripts/lakeside" of "lakeside".
    static func folder(_ name: String) -> String { name.contains("/") ? name : "scripts/\(name)" }

    init(folder: String, title: String?, zone: String) throws {
        let id = folder.split(separator: "/").last.map(String.init) ?? ""
        guard id.range(of: "^[a-z0-9][a-z0-9_-]*$", options: .regularExpression) != nil else {
            throw Refused(description: "expected a name of small letters, digits, - and _ as lakeside, got: \(id)")
        }
        guard !FileManager.default.fileExists(atPath: folder) else { throw Refused(description: "\(folder) is there already; choose another name") }
        _ = try Zone(identifier: zone)
        self.folder = folder
        self.id = id
        self.title = title ?? id.split { $0 == "-" || $0 == "_" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
        self.zone = zone
    }

    /// Writes all and gives what is there now.
    func write() throws -> [String] {
        let library = try StandardLibrary.folder()
        let template = library.deletingLastPathComponent().appending(path: "templates/rooftop")
        let names = try FileManager.default.subpathsOfDirectory(atPath: template.path).sorted()
        for name in names {
            let source = template.appending(path: name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder), !isFolder.boolValue else { continue }
            try write(filled(try String(contentsOf: source, encoding: .utf8)), to: name)
        }
        try write(try settings(library), to: ".luarc.json")
        return Self.order
    }

    private func filled(_ text: String) -> String {
        let quoted = title.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return text.replacing("\"My Store\"", with: "\"\(quoted)\"").replacing("mystore", with: id).replacing("America/Chicago", with: zone)
    }

    /// Editors find the standard library and the types of touches beside it.
    private func settings(_ library: URL) throws -> String {
        let document: [String: Any] = [
            "runtime.version": "Lua 5.4", "workspace.library": [library.path, library.appending(path: "types").path],
            "workspace.checkThirdParty": false,
            "runtime.builtin": ["io": "disable", "os": "disable", "debug": "disable", "package": "disable"],
            "diagnostics.globals": ["skip", "quarantine", "describe", "it", "maps", "property", "expect", "given"],
        ]
        let data = try JSONSerialization.data(withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self) + "\n"
    }

    private func write(_ text: String, to name: String) throws {
        let url = URL(filePath: folder).appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }
}
