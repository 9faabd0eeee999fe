internal import Foundation
public import Scripting

/// One run of a rooftop's tests, from the files to the report.
public struct TestRun: Sendable {
    /// What a run came to.
    public struct Report: Sendable {
        /// In the order of the files.
        public var results: [TestResult] = []
        public var seed: TestSeed
        /// Nil when lines weren't watched, or not every test ran.
        public var coverage: LineCoverage?
        public var snapshots: SnapshotCheck
        /// Why nothing ran though there are tests: words of the selection that fit none.
        public var declaredCount = 0
        /// The files say `only`, so the rest was left out.
        public var isFocused = false

        public var failed: [TestResult] { results.filter { $0.failure != nil } }
        public var passedCount: Int { results.count { $0.outcome == .passed } }
        public var skippedCount: Int { results.count { $0.outcome == .skipped } }
    }

    /// What came of an export of the fixtures.
    public struct Mapped: Sendable {
        /// Why it isn't what is expected.
        public let failure: TestFailure?
        /// The lines that ran, by the scripts' names.
        public let lines: [String: Set<Int>]

        public init(failure: TestFailure?, lines: [String: Set<Int>] = [:]) {
            self.failure = failure
            self.lines = lines
        }
    }

    /// Compares what an export of the fixtures maps to with what is expected.
    public typealias MappingCheck = @Sendable (_ input: String, _ expected: String) async -> Mapped

    private let bundle: ScriptBundle
    private let selection: TestSelection
    private let seed: TestSeed
    private let isCovering: Bool
    private let stopsAtFailure: Bool
    private let checkMapping: MappingCheck

    public init(
        bundle: ScriptBundle, selection: TestSelection = TestSelection(), seed: TestSeed, isCovering: Bool = true,
        stopsAtFailure: Bool = false, checkMapping: @escaping MappingCheck
    ) {
        self.bundle = bundle
        self.selection = selection
        self.seed = seed
        self.isCovering = isCovering
        self.stopsAtFailure = stopsAtFailure
        self.checkMapping = checkMapping
    }

    /// Runs what is selected. Throws `ScriptError` or `LimitExceeded` when the bundle doesn't load.
    ///
    /// - Parameter tell: Hears of each result as it comes.
    public func run(_ tell: @Sendable (TestResult) -> Void = { _ in }) async throws -> Report {
        let bench = try TestBench(bundle: bundle, isCovering: isCovering && selection.isEverything)
        var report = Report(seed: seed, snapshots: SnapshotCheck(rooftop: bundle.folder))
        var declared: [TestCase] = []
        for (file, tests) in try await bench.load() {
            switch tests {
            case .success(let tests): declared += tests
            case .failure(let error): report.results.append(Self.unloadable(file, error.failure))
            }
        }
        report.results.forEach(tell)
        report.declaredCount = declared.count + report.results.count
        let selected = selection.tests(of: declared)
        report.isFocused = selected.contains { $0.mode == .only }
        var mappedLines: [String: Set<Int>] = [:]
        for test in selected {
            if stopsAtFailure, report.results.contains(where: { $0.failure != nil }) { return report }
            let result = try report.snapshots.check(await run(test, report.isFocused, on: bench, &mappedLines))
            tell(result)
            report.results.append(result)
        }
        guard selection.isEverything, !report.isFocused else { return report }
        let unfinished = Set(report.results.filter { $0.outcome != .passed }.map(\.test.file))
        try report.snapshots.findObsolete(in: Set(bench.files).subtracting(unfinished))
        if isCovering { report.coverage = try await bench.coverage(and: mappedLines) }
        return report
    }

    private func run(_ test: TestCase, _ isFocused: Bool, on bench: TestBench, _ lines: inout [String: Set<Int>]) async -> TestResult {
        if test.mode == .skip || (isFocused && test.mode != .only) {
            return TestResult(test: test, outcome: .skipped, snapshots: [], durationSeconds: 0)
        }
        guard test.kind == .maps, let input = test.input, let expected = test.expected else { return await bench.run(test, seed: seed) }
        let clock = ContinuousClock()
        let start = clock.now
        let mapped = await checkMapping(input, expected)
        lines.merge(mapped.lines) { $0.union($1) }
        var failure = mapped.failure
        if let found = failure, found.file == nil {
            failure = TestFailure(
                message: found.message, file: test.file, line: test.line, excerpt: found.excerpt, remedy: found.remedy,
                expected: found.expected, actual: found.actual)
        }
        let taken = start.duration(to: clock.now)
        return TestResult(
            test: test, outcome: failure.map { .failed($0) } ?? .passed, snapshots: [],
            durationSeconds: Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18)
    }

    private static func unloadable(_ file: String, _ failure: TestFailure) -> TestResult {
        let test = TestCase(
            file: file, name: "the file loads", line: failure.file == file ? failure.line ?? 1 : 1, kind: .test, mode: .run, input: nil,
            expected: nil, index: 0)
        return TestResult(test: test, outcome: .failed(failure), snapshots: [], durationSeconds: 0)
    }
}
