internal import Foundation
internal import FollowUp
internal import Lua
public import Scripting

/// A rooftop's tests in the sandbox of production, with its standard library and limits. Each test starts from a fresh copy of its
/// loaded file, so that none sees what another did.
public actor TestBench {
    /// What a test may use: more than one hook, as it calls several.
    static let testLimits: Limits = {
        var limits = Limits()
        limits.fuel = 30_000_000
        limits.processorSeconds = 2
        return limits
    }()

    private static let opening = ScriptSource(name: "tests_begin.lua", text: "require(\"testing\").open()\nreturn true")
    private static let list = FunctionName("testing", "list")
    private static let runOne = FunctionName("testing", "run_one")

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private let bundle: ScriptBundle
    private let tests: [ScriptSource]
    private let isCovering: Bool
    private var machine: Machine?
    private var images: [String: Image] = [:]

    /// Reads the rooftop's test files; none is no error here.
    public init(bundle: ScriptBundle, isCovering: Bool) throws {
        self.bundle = bundle
        self.isCovering = isCovering
        tests = try bundle.testSources()
    }

    /// The names of the test files: "tests/message_test.lua".
    public nonisolated var files: [String] { testFiles }
    private nonisolated var testFiles: [String] { tests.map(\.name) }

    /// Loads the bundle, then each file, and gives what it declares. A bundle that doesn't load throws `ScriptError` or
    /// `LimitExceeded`; a test file that doesn't is one failure.
    public func load() throws -> [(file: String, tests: Result<[TestCase], TestFailureError>)] {
        let machine = try Machine()
        if isCovering { machine.coverLines() }
        self.machine = machine
        _ = try machine.makeImage(of: program(bundle.present, with: []))
        return tests.map { file in (file.name, declared(in: file, on: machine)) }
    }

    /// Runs one test of a loaded file.
    public func run(_ test: TestCase, seed: TestSeed) -> TestResult {
        let clock = ContinuousClock()
        let start = clock.now
        var snapshots: [SnapshotFile.Taken] = []
        let outcome = outcome(of: test, seed: seed, &snapshots)
        let taken = start.duration(to: clock.now)
        return TestResult(
            test: test, outcome: outcome, snapshots: snapshots,
            durationSeconds: Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
    }

    /// The lines of the rooftop's own scripts, without `rooftop.lua`, which is data.
    /// `others` ran elsewhere, in mappings of whole exports.
    public func coverage(and others: [String: Set<Int>]) throws -> LineCoverage {
        guard let machine, let image = try? machine.makeImage(of: program([], with: [])) else { return LineCoverage(files: []) }
        return LineCoverage(
            files: try bundle.own.filter { $0.name != "rooftop.lua" }.map { source in
                let executable = try machine.executableLines(of: source, in: image)
                let ran = machine.coveredLines(of: source.name).union(others[source.name] ?? [])
                return LineCoverage.File(name: source.name, executable: executable, missed: executable.filter { !ran.contains($0) })
            })
    }

    private func program(_ entries: [String], with added: [ScriptSource]) -> Program {
        Program(
            sources: bundle.sources + added, entries: entries,
            base: bundle.base.map { Program.Base(sources: $0, entries: ["testing"]) })
    }

    private func declared(in file: ScriptSource, on machine: Machine) -> Result<[TestCase], TestFailureError> {
        // A script that ends in a value is a module to `require`; a test file need not.
        let module = ScriptSource(name: file.name, text: file.text + "\nreturn true")
        let entries = ["tests_begin", String(file.name.dropLast(".lua".count))]
        do {
            let image = try machine.makeImage(
                of: program(entries, with: [Self.opening, module] + bundle.fixtures), functions: [Self.list, Self.runOne])
            images[file.name] = image
            var encoder = ValueEncoder()
            guard let result = machine.call(Self.list, in: image, with: encoder, root: encoder.int(0)) else {
                return .failure(TestFailureError(failure: TestFailure(message: "the standard library's testing has no list")))
            }
            return .success((try result.value().list ?? []).compactMap { Self.test($0, in: file.name) })
        } catch let error as ScriptError {
            return .failure(TestFailureError(failure: TestFailure(error)))
        } catch let limit as LimitExceeded {
            return .failure(TestFailureError(failure: TestFailure(limit, in: nil)))
        } catch {
            return .failure(TestFailureError(failure: TestFailure(message: "\(error)")))
        }
    }

    private static func test(_ value: Value, in file: String) -> TestCase? {
        guard let index = value["index"].int, let name = value["name"].string else { return nil }
        return TestCase(
            file: file, name: name, line: value["line"].int ?? 1, kind: value["kind"].string.flatMap(TestCase.Kind.init) ?? .test,
            mode: value["mode"].string.flatMap(TestCase.Mode.init) ?? .run, input: value["input"].string,
            expected: value["expected"].string, index: index)
    }

    private func outcome(of test: TestCase, seed: TestSeed, _ snapshots: inout [SnapshotFile.Taken]) -> TestResult.Outcome {
        guard let machine, let image = images[test.file] else { return .failed(TestFailure(message: "its file is not loaded")) }
        var encoder = ValueEncoder()
        guard let result = machine.call(
            Self.runOne, in: image, with: encoder, root: encoder.int(test.index), seed: seed.seed(of: test), limits: Self.testLimits)
        else { return .failed(TestFailure(message: "the standard library's testing has no run_one")) }
        switch result.outcome {
        case .returned(let value):
            snapshots = (value["snapshots"].list ?? []).map { Self.snapshot($0, of: test) }
            if value["ok"].bool == true { return .passed }
            return .failed(failure(value, of: test))
        case .failed(let error): return .failed(TestFailure(error))
        case .killed(let limit): return .failed(TestFailure(limit, in: test))
        case .skipped(let reason), .quarantined(let reason): return .failed(TestFailure(message: reason))
        }
    }

    /// Those without a name of their own are known by the test's, the second and later ones with their number.
    private static func snapshot(_ value: Value, of test: TestCase) -> SnapshotFile.Taken {
        let own = value["name"].string ?? "1"
        let name = own == "1" ? test.name : Int(own) == nil ? "\(test.name): \(own)" : "\(test.name) (\(own))"
        return SnapshotFile.Taken(name: name, value: value["value"], line: value["line"].int ?? test.line)
    }

    /// A failure that the Lua side caught: place and message come apart, and the line is looked up here.
    private func failure(_ value: Value, of test: TestCase) -> TestFailure {
        let message = value["message"].string ?? "failed"
        var file = value["file"].string, line = value["line"].int
        // What the standard library raised is told at the test that led to it.
        if let name = file, bundle.sources.contains(where: { $0.name == name && $0.isLibrary }) { (file, line) = (test.file, test.line) }
        let error = ScriptError(
            message: message, file: file, line: line, sources: (bundle.sources + tests + bundle.fixtures))
        return TestFailure(
            message: error.problem, file: file, line: error.line, column: error.column, excerpt: error.marked, remedy: error.remedy,
            expected: value["expected"].string, actual: value["actual"].string, example: value["example"].string,
            runs: value["runs"].int)
    }
}

/// Why a test file could not be loaded.
public struct TestFailureError: Error, Sendable {
    public let failure: TestFailure
}

extension TestFailure {
    init(_ error: ScriptError) {
        self.init(
            message: error.problem, file: error.file, line: error.line, column: error.column, excerpt: error.marked,
            remedy: error.remedy)
    }

    init(_ limit: LimitExceeded, in test: TestCase?) {
        let frame = limit.frames.first
        self.init(message: limit.reason, file: frame?.file ?? test?.file, line: frame?.line ?? test?.line, excerpt: limit.marked, remedy: limit.remedy)
    }
}
