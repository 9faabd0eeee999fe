internal import Foundation

/// Which tests of a rooftop to run.
public struct TestSelection: Sendable {
    /// One word of the command line: "tests/message_test.lua", "tests/message_test.lua:12", or a part of names.
    public enum Part: Sendable, Equatable {
        case file(String)
        case line(String, Int)
        case name(String)

        public init(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].hasSuffix(".lua"), let line = Int(parts[1]) {
                self = .line(Self.file(String(parts[0])), line)
            } else if text.hasSuffix(".lua") {
                self = .file(Self.file(text))
            } else {
                self = .name(text)
            }
        }

        /// A shell completes paths from where the user stands; only what follows the rooftop's folder counts.
        private static func file(_ path: String) -> String {
            "tests/" + (path.split(separator: "/").last.map(String.init) ?? path)
        }
    }

    /// A test that fits any of them runs; empty for all.
    public var parts: [Part]
    /// The places of the tests that failed last time; nil to run whether or not they did.
    public var lastFailed: Set<String>?

    public init(parts: [Part] = [], lastFailed: Set<String>? = nil) {
        self.parts = parts
        self.lastFailed = lastFailed
    }

    public var isEverything: Bool { parts.isEmpty && lastFailed == nil }

    /// The selected tests, in order. `all` has those of whole files.
    func tests(of all: [TestCase]) -> [TestCase] {
        all.filter { test in
            (parts.isEmpty || parts.contains { fits(test, $0, among: all) }) && lastFailed?.contains(Self.key(of: test)) ?? true
        }
    }

    /// What a test is remembered by when it failed.
    public static func key(of test: TestCase) -> String { "\(test.file) \(test.name)" }

    private func fits(_ test: TestCase, _ part: Part, among all: [TestCase]) -> Bool {
        switch part {
        case .file(let file): return test.file == file
        case .name(let name): return "\(test.file) \(test.name)".range(of: name, options: .caseInsensitive) != nil
        case .line(let file, let line):
            // The test that the line stands in: the last one to begin at or before it.
            guard test.file == file else { return false }
            return all.filter { $0.file == file && $0.line <= line }.map(\.line).max() == test.line
        }
    }
}
