import ArgumentParser
import Foundation
internal import Lua
internal import ScriptKit
internal import Scripting

struct GenerateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Writes what is made from the hook catalogue: editor types, luacheck's settings, reference pages.",
        discussion: "For a checkout of Revisit itself. --check writes nothing, and exits 1 when a file is out of date.", shouldDisplay: false)

    @Argument(help: "The checkout.", completion: .directory) var folder = "."
    @Flag(help: "Only say which files are out of date.") var check = false

    func run() async throws {
        do {
            let checkout = URL(filePath: folder)
            let library = try ScriptBundle(folder: checkout.appending(path: "templates/rooftop"), stdlib: checkout.appending(path: "stdlib"))
            let globals = try await SandboxThread.perform { try SandboxNames(bundle: library).globals }
            var stale: [String] = []
            for (path, text) in [
                ("stdlib/types/revisit.lua", EditorTypes().text), ("docs/reference/hooks.md", HookReference().text),
                ("docs/reference/stdlib-functions.md", FunctionReference(sources: library.base ?? []).text),
                (".luacheckrc", LuacheckConfiguration(globals: globals).text),
            ] {
                let file = checkout.appending(path: path)
                guard (try? String(contentsOf: file, encoding: .utf8)) != text else { continue }
                stale.append(path)
                if !check { try write(text, to: file) }
            }
            for path in stale { print(check ? "out of date: \(path)" : "wrote \(path)") }
            if check, !stale.isEmpty {
                Console.complain("run make generate")
                throw ExitStatus.findings
            }
        } catch {
            throw ExitStatus.of(error, rooftop: folder)
        }
    }

    private func write(_ text: String, to file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
