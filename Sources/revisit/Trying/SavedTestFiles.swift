internal import Foundation
internal import Lua
internal import ScriptKit

/// Writes what `.save-test` keeps: a touch in fixtures/, and a test that loads it.
struct SavedTestFiles {
    private let test: SavedTest

    init(_ test: SavedTest) {
        self.test = test
    }

    /// Gives the paths, below the rooftop's folder.
    func write() throws -> [String] {
        let number = (1...).first { !FileManager.default.fileExists(atPath: test.folder.appending(path: "fixtures/saved_\($0).lua").path) } ?? 1
        let fixture = "fixtures/saved_\(number)"
        let file = "tests/saved_\(number)_test.lua"
        try write("return \(PrettyValue(test.touch).text)\n", to: fixture + ".lua")
        let modules = ["message", "channel", "mapping"].filter { FileManager.default.fileExists(atPath: test.folder.appending(path: $0 + ".lua").path) }
            .filter { test.expression.contains($0) }
        let others = ["say", "wording", "gsm", "dates"].filter { test.expression.contains($0 + ".") }
        let requires = (modules + others).map { "local \($0) = require \"\($0)\"\n" }.joined()
        try write(
            """
            \(requires)
            it(\(PrettyValue.quoted(test.title)), function()
              local touch = given.recorded(require "\(fixture)")
              expect(\(test.expression)):equals(\(test.shown))
            end)

            """, to: file)
        return [fixture + ".lua", file]
    }

    private func write(_ text: String, to path: String) throws {
        let url = test.folder.appending(path: path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: url, atomically: true, encoding: .utf8)
    }
}
