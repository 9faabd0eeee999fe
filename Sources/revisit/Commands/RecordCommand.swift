import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import SQLiteStorage
internal import Scripting

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Makes a test of a touch that was decided on, with made-up people in it.",
        discussion: """
            Writes fixtures/touch_12.lua, the touch as the hooks saw it, and tests/touch_12_test.lua, which expects what they answered. Names, \
            phones, addresses, VINs, links and repair order numbers are replaced, the same one by the same one in both. Where today's scripts \
            answer otherwise, the test holds today's answer and a comment the old one. Look at both files before you share them.
            """)

    @Argument(help: "The rooftop's folder, then the touch, as 12 or '#12'. The touch alone will do where the folder is scripts/ and the rooftop's id.")
    var what: [String]
    @Flag(help: "As a fixture and a test, which is the only form so far.") var asTest = false
    @Flag(help: "Write over files that are there.") var force = false
    @Option(help: "The rooftop's folder.", completion: .directory) var rooftopFolder: String?
    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"

    func validate() throws {
        guard asTest else { throw ValidationError("say --as-test: a fixture and a test is all that a touch can be recorded as so far") }
        guard (1...2).contains(what.count) else { throw ValidationError("give the rooftop's folder and a touch, as: record scripts/lakeside 12 --as-test") }
        if what.count == 2, rooftopFolder != nil { throw ValidationError("the rooftop's folder is given twice") }
        _ = try Touch.ID(argument: what[what.count - 1])
    }

    func run() async throws {
        do {
            try await record()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftopFolder ?? what[0])
        }
    }

    private func record() async throws {
        let id = try Touch.ID(argument: what[what.count - 1])
        let ledger = try ExistingLedger.open(database)
        guard let history = try await ledger.history(of: id) else { throw ExistingLedger.Missing(description: "\(database) has no touch \(id)") }
        guard let entry = history.entries.last(where: { $0.hooks != nil }), let hooks = entry.hooks else {
            throw ExistingLedger.Missing(
                description: "\(database) has no record of touch \(id): its hooks were not asked, or that was before Revisit kept what they were told. "
                    + "revisit why \(id.number) tells more")
        }
        let folder = try await RooftopFolder(rooftopFolder ?? (what.count == 2 ? what[0] : "scripts/\(history.rooftop)"))
        guard folder.rooftop.id == history.rooftop else {
            throw RecordedTest.Refused(description: "touch \(id) is of the rooftop '\(history.rooftop)', and \(folder.bundle.folder.path) is '\(folder.rooftop.id)'")
        }
        guard !hooks.calls.isEmpty else {
            Console.complain("no hook of \(history.rooftop) was asked about touch \(id): it had the standard wording, so there is nothing to test")
            throw ExitStatus.nothingRan
        }
        let bundle = folder.bundle
        let test = try await SandboxThread.perform {
            try RecordedTest(id, hooks: hooks, decidedAt: entry.at, messenger: Messenger(bundle: bundle, on: Machine()))
        }
        try test.write(into: folder.bundle.folder, isForced: force)
        for function in test.changed {
            Console.note("\(function) answers otherwise today than it did then; the test expects today's answer, and a comment has the old one")
        }
        Console.result(Array("\(test.fixtureName)\n\(test.testName)\n".utf8))
    }
}
