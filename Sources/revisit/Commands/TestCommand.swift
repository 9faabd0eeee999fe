import ArgumentParser
import Foundation
internal import Lua
internal import Scripting

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs a rooftop's tests in the sandbox that its scripts run in.",
        discussion: "Exit 1 when a test failed, 4 when there was none to run.")

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String

    func run() async throws {
        let results: [BundleTests.Result]
        do {
            let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
            results = try await SandboxThread.perform { try BundleTests(bundle: bundle).run() }
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
        guard !results.isEmpty else {
            Console.complain("\(rooftop) has no tests; write one in tests/message_test.lua, as scripts/hillside has")
            throw ExitStatus.nothingRan
        }
        let failed = results.filter { $0.failure != nil }
        for result in failed {
            print("✗ \(result.name)  \(result.file)")
            print("    \(result.place.map { $0 + ": " } ?? "")\(result.failure ?? "")")
        }
        print("\(results.count - failed.count) passed, \(failed.count) failed")
        if !failed.isEmpty { throw ExitStatus.findings }
    }
}
