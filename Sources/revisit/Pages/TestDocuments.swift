internal import Foundation
internal import Lua
internal import ScriptKit

/// A run of tests for other programs: JSON, JUnit's XML, TAP 14.
struct TestDocuments {
    let report: TestRun.Report
    let seconds: Double

    // MARK: JSON

    private struct Document: Encodable {
        struct Test: Encodable {
            let file, name, outcome: String
            let line: Int
            let kind: String
            let seconds: Double
            let failure: Failure?
        }

        struct Failure: Encodable {
            let message: String
            let file: String?
            let line, column: Int?
            let excerpt, remedy, expected, actual, example: String?
        }

        struct Snapshot: Encodable { let file, name, state: String }

        struct File: Encodable {
            let file: String
            let lines: Int
            let never_run: [Int]
        }

        let schema = "revisit.test/1"
        let seed: String
        let passed, failed, skipped: Int
        let seconds: Double
        let tests: [Test]
        let snapshots: [Snapshot]
        let coverage_percent: Int?
        let coverage: [File]?
    }

    func json() throws -> Data {
        let tests = report.results.map { result in
            Document.Test(
                file: result.test.file, name: result.test.name, outcome: Self.word(result.outcome), line: result.test.line,
                kind: result.test.kind.rawValue, seconds: Self.rounded(result.durationSeconds),
                failure: result.failure.map {
                    Document.Failure(
                        message: $0.message, file: $0.file, line: $0.line, column: $0.column, excerpt: $0.excerpt?.line, remedy: $0.remedy,
                        expected: $0.expected, actual: $0.actual, example: $0.example)
                })
        }
        let document = Document(
            seed: report.seed.description, passed: report.passedCount, failed: report.failed.count, skipped: report.skippedCount,
            seconds: Self.rounded(seconds), tests: tests,
            snapshots: report.snapshots.differences.map { .init(file: $0.file, name: $0.name, state: Self.word($0.kind)) },
            coverage_percent: report.coverage?.percent,
            coverage: report.coverage?.files.map { .init(file: $0.name, lines: $0.executable.count, never_run: $0.missed) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(document) + Data("\n".utf8)
    }

    // MARK: TAP

    /// TAP 14: the plan first, failures with a YAML block.
    var tap: String {
        var lines = ["TAP version 14", "1..\(report.results.count)"]
        for (place, result) in report.results.enumerated() {
            let name = "\(place + 1) - \(result.test.file): \(result.test.name)".replacing("\\", with: "\\\\").replacing("#", with: "\\#")
            switch result.outcome {
            case .passed: lines.append("ok \(name)")
            case .skipped: lines.append("ok \(name) # SKIP")
            case .failed(let failure):
                lines.append("not ok \(name)")
                lines += ["  ---", "  message: \(Self.quoted(failure.message))", "  at: \(Self.quoted(failure.place ?? result.test.place))"]
                if let expected = failure.expected { lines.append("  expected: \(Self.quoted(expected))") }
                if let actual = failure.actual { lines.append("  actual: \(Self.quoted(actual))") }
                lines.append("  ...")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: JUnit

    var junit: String {
        var files: [String] = []
        for result in report.results where !files.contains(result.test.file) { files.append(result.test.file) }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites tests=\"\(report.results.count)\" failures=\"\(report.failed.count)\" time=\"\(Self.rounded(seconds))\">",
        ]
        for file in files {
            let results = report.results.filter { $0.test.file == file }
            let failures = results.count { $0.failure != nil }, skipped = results.count { $0.outcome == .skipped }
            let time = Self.rounded(results.reduce(0) { $0 + $1.durationSeconds })
            lines.append(
                "  <testsuite name=\"\(Self.escaped(file))\" tests=\"\(results.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" time=\"\(time)\">")
            for result in results { lines += Self.junitCase(result) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func junitCase(_ result: TestResult) -> [String] {
        let open = "    <testcase classname=\"\(escaped(result.test.file))\" name=\"\(escaped(result.test.name))\" file=\"\(escaped(result.test.file))\" line=\"\(result.test.line)\" time=\"\(rounded(result.durationSeconds))\""
        switch result.outcome {
        case .passed: return [open + "/>"]
        case .skipped: return [open + "><skipped/></testcase>"]
        case .failed(let failure):
            let body = [failure.place.map { $0 + ": " + failure.message } ?? failure.message, failure.excerpt?.line ?? "", failure.remedy ?? ""]
                .filter { !$0.isEmpty }.joined(separator: "\n")
            return [open + "><failure message=\"\(escaped(failure.message))\">\(escaped(body))</failure></testcase>"]
        }
    }

    // MARK: Words

    private static func word(_ outcome: TestResult.Outcome) -> String {
        switch outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .skipped: "skipped"
        }
    }

    private static func word(_ kind: SnapshotCheck.Difference.Kind) -> String {
        switch kind {
        case .pending: "pending"
        case .changed: "changed"
        case .obsolete: "obsolete"
        }
    }

    private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }

    private static func quoted(_ text: String) -> String { PrettyValue(.string(text)).text }

    /// XML has no control characters, not even escaped.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n": out += "&#10;"
            case "\t": out += "&#9;"
            default: out += scalar.value < 0x20 || (0xFFFE...0xFFFF).contains(scalar.value) ? "\\\(scalar.value)" : String(Character(scalar))
            }
        }
        return out
    }
}
