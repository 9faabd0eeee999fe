import ArgumentParser
import Foundation
internal import Lua
internal import ScriptKit
internal import Scripting

struct TestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs a rooftop's tests in the sandbox that its scripts run in.",
        discussion: """
            Which tests: a file (tests/message_test.lua), a line of one (tests/message_test.lua:12), or a part of their names. \
            Exit 1 when a test failed, 4 when there was none to run. Under CI (the variable CI is set) snapshots that wait for \
            --review, and tests that are singled out by only, fail the run.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json, junit, tap }

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Argument(help: "Which tests; all when left out.") var which: [String] = []
    @Flag(help: "Only those that failed when they ran last.") var lastFailed = false
    @Flag(help: "Stop at the first failure.") var failFast = false
    @Option(help: ArgumentHelp("What is random follows from it: hexadecimal digits, as a failure prints them.", valueName: "seed"))
    var seed: String?
    @Flag(help: "Look at new, changed and obsolete snapshots one by one, and keep those that are right.") var review = false
    @Flag(help: "Run again whenever a file changes, until Ctrl-C.") var watch = false
    @Flag(help: "Change the scripts in every small way, one at a time, and list the changes that no test notices.") var mutate = false
    @Flag(inversion: .prefixedNo, help: "Tell which lines of the scripts never ran.") var coverage = true
    @Option(help: "pretty, json, junit or tap.") var format = Format.pretty
    @Option(help: "auto, always or never.") var color = TerminalStyle.Color.auto

    func validate() throws {
        if let seed, TestSeed(seed) == nil { throw ValidationError("expected --seed to be hexadecimal digits as 7f3a, got: \(seed)") }
        if review, format != .pretty || watch { throw ValidationError("--review talks to you; leave out --format and --watch") }
    }

    func run() async throws {
        do {
            if mutate { return try await showMutations() }
            guard watch else { return try await runOnce() }
            var changes = ScriptsWatch([URL(filePath: rooftop), try StandardLibrary.folder()])
            while true {
                do {
                    try await runOnce()
                } catch let code as ExitCode where code == ExitStatus.findings || code == ExitStatus.nothingRan {
                    // What failed is on the screen, and will be run again.
                } catch {
                    _ = ExitStatus.of(error, rooftop: rooftop)
                }
                Console.note("waiting for a change; Ctrl-C ends it")
                try await changes.waitForChange()
                Console.result([UInt8(ascii: "\n")])
            }
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }

    private func runOnce() async throws {
        let clock = ContinuousClock()
        let start = clock.now
        let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
        let memory = LastFailed(of: bundle.folder, in: StateFolder())
        let failedBefore = lastFailed ? memory.read() : nil
        if failedBefore?.isEmpty == true {
            Console.complain("no test of \(rooftop) failed when it ran last")
            throw ExitStatus.nothingRan
        }
        let report = try await testRun(bundle, failedBefore).run()
        memory.note(report.results)
        let taken = start.duration(to: clock.now)
        let seconds = Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
        try show(report, seconds)
        if review, !report.snapshots.differences.isEmpty {
            let kept = try SnapshotReview(style: TerminalStyle(color: color)).run(report.snapshots)
            Console.result(Array("\(kept.accepted) of \(kept.of) kept\n".utf8))
            guard kept.accepted < kept.of || report.failed.contains(where: { $0.snapshots.isEmpty }) else { return }
        }
        try judge(report)
    }

    private func testRun(_ bundle: ScriptBundle, _ failedBefore: Set<String>?) -> TestRun {
        var random = SystemRandomNumberGenerator()
        let mapping = FixtureMapping(bundle: bundle)
        return TestRun(
            bundle: bundle, selection: TestSelection(parts: which.map(TestSelection.Part.init), lastFailed: failedBefore),
            seed: seed.flatMap(TestSeed.init) ?? TestSeed.fresh(using: &random), isCovering: coverage, stopsAtFailure: failFast
        ) { await mapping.check($0, $1) }
    }

    private func show(_ report: TestRun.Report, _ seconds: Double) throws {
        guard !report.results.isEmpty else { return }
        let style = TerminalStyle(color: color)
        switch format {
        case .pretty:
            let page = TestPage(report: report, rooftop: rooftop, seconds: seconds, style: style)
            Console.result(Array(style.shown(page.text).utf8))
        case .json: Console.result(Array(try TestDocuments(report: report, seconds: seconds).json()))
        case .junit: Console.result(Array(TestDocuments(report: report, seconds: seconds).junit.utf8))
        case .tap: Console.result(Array(TestDocuments(report: report, seconds: seconds).tap.utf8))
        }
    }

    private func judge(_ report: TestRun.Report) throws {
        guard !report.results.isEmpty else {
            Console.complain(
                report.declaredCount == 0
                    ? "\(rooftop) has no tests; write one in tests/message_test.lua, as scripts/hillside has"
                    : "none of the \(report.declaredCount) tests of \(rooftop) fits \(lastFailed ? "what failed last" : which.joined(separator: " "))")
            throw ExitStatus.nothingRan
        }
        if !report.failed.isEmpty { throw ExitStatus.findings }
        guard Self.isCI else { return }
        let waiting = report.snapshots.differences
        if !waiting.isEmpty {
            Console.complain("\(Columns.count(waiting.count, "snapshot")) \(waiting.count == 1 ? "waits" : "wait") for review: " + waiting.map(\.name).joined(separator: ", "))
            throw ExitStatus.findings
        }
        if report.isFocused {
            Console.complain("some tests say only, so the rest did not run")
            throw ExitStatus.findings
        }
    }

    private func showMutations() async throws {
        let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
        let seed = seed.flatMap(TestSeed.init) ?? TestSeed(0x7f3a)
        let passes: MutationRun.Passes = { bundle in
            let mapping = FixtureMapping(bundle: bundle)
            let run = TestRun(bundle: bundle, seed: seed, isCovering: false, stopsAtFailure: true) { await mapping.check($0, $1) }
            do {
                return try await run.run().failed.isEmpty
            } catch is ScriptError {
                return false  // it doesn't load, which nobody can miss
            } catch is LimitExceeded {
                return false
            }
        }
        guard try await passes(bundle) else {
            Console.complain("the tests of \(rooftop) fail as they are; mend them first: revisit test \(rooftop)")
            throw ExitStatus.findings
        }
        let mutation = MutationRun(bundle: bundle, passes: passes)
        let count = mutation.mutants.count
        let isTerminal = isatty(STDERR_FILENO) == 1
        let report = try await mutation.run(workers: ProcessInfo.processInfo.activeProcessorCount) { tried in
            if isTerminal { FileHandle.standardError.write(Data("\r\(tried) of \(count) changes tried".utf8)) }
        }
        if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
        let style = TerminalStyle(color: color)
        for mutant in report.survivors { print(style.shown("  \(mutant.file):\(mutant.line):\(mutant.column)  \(mutant.description)")) }
        let percent = Double(Int(report.percent * 10)) / 10
        print(style.shown("\(report.total) changes: \(report.caught) noticed (\(percent) %), \(report.survivors.count) not"))
        if !report.survivors.isEmpty { throw ExitStatus.findings }
    }

    private static var isCI: Bool {
        ProcessInfo.processInfo.environment["CI"].map { !$0.isEmpty && $0 != "false" && $0 != "0" } ?? false
    }
}

extension TerminalStyle.Color: ExpressibleByArgument {}
