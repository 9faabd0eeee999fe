import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import ScriptKit
internal import Scripting

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Loads a rooftop's scripts and says what is wrong with them.",
        discussion: "Also has them write a sample of every kind of touch. Exit 1 when a text breaks a rule.")

    /// A Tuesday in March, from which day 60 falls before summer.
    private static let sampleVisit = LocalDate(dayNumber: 20_515)

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String

    func run() async throws {
        do {
            let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
            let findings = try await SandboxThread.perform { try BundleCheck(bundle: bundle).findings(forVisitOn: Self.sampleVisit) }
            for finding in findings { print("✗ \(finding.touch): \(finding.function): \(finding.reason)") }
            guard findings.isEmpty else { throw ExitStatus.findings }
            print("✓ \(bundle.present.map { $0 + ".lua" }.joined(separator: ", "))")
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }
}
