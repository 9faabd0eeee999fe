internal import Foundation
internal import Lua

/// Runs a rooftop's `tests/*_test.lua` in the sandbox that production uses, each file from the same image.
public struct BundleTests {
    /// How one `it` ended.
    public struct Result: Sendable, Equatable {
        /// "tests/message_test.lua".
        public let file: String
        public let name: String
        /// Nil when it passed.
        public let failure: String?
        /// "message.lua:6", where the failure was raised.
        public let place: String?
    }

    /// More than a call may use: a file holds many tests.
    private static let fuel: UInt64 = 500_000_000
    private static let processorSeconds = 20.0
    private static let prelude = """
        local t = require "testing" for _, n in ipairs { "describe", "it", "expect", "given" } do rawset(_G, n, t[n]) end 
        """

    private let bundle: ScriptBundle
    private let files: [ScriptSource]

    /// Reads the rooftop's test files; none is no error here.
    public init(bundle: ScriptBundle) throws {
        self.bundle = bundle
        let folder = bundle.folder.appending(path: "tests")
        let exists = FileManager.default.fileExists(atPath: folder.path)
        files = exists ? try ScriptBundle.luaFiles(in: folder, as: "the rooftop's tests").filter { $0.name.hasSuffix("_test.lua") } : []
    }

    /// Runs every file. A file that doesn't load is one failure of its own.
    public func run() throws -> [Result] {
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: bundle.sources, entries: bundle.present))
        var limits = Limits()
        limits.fuel = Self.fuel
        limits.processorSeconds = Self.processorSeconds
        return files.flatMap { file -> [Result] in
            let name = "tests/\(file.name)"
            // The prelude has no line end, so that the lines of the file keep their numbers.
            var source = ScriptSource(name: name, text: Self.prelude + file.text + "\nreturn require(\"testing\").run()")
            source.preludeLength = Self.prelude.count
            let result = machine.run(source, in: image, limits: limits)
            switch result.outcome {
            case .returned(let value): return (value.list?.first?.list ?? []).map { Self.result($0, in: name, bundle.sources + [source]) }
            case .failed(let error): return [Result(file: name, name: "the file loads", failure: error.description, place: nil)]
            case .killed(let limit): return [Result(file: name, name: "the file ends", failure: limit.description, place: nil)]
            case .skipped, .quarantined: return []
            }
        }
    }

    private static func result(_ value: Value, in file: String, _ sources: [ScriptSource]) -> Result {
        let name = value["name"].string ?? "?"
        if value["ok"].bool == true { return Result(file: file, name: name, failure: nil, place: nil) }
        let place = value["file"].string.flatMap { file in value["line"].int.map { "\(file):\($0)" } }
        let message = value["message"].string ?? "failed"
        let failure = place.map { ScriptError("\($0): \(message)", sources: sources).message } ?? message
        return Result(file: file, name: name, failure: failure, place: place)
    }
}
