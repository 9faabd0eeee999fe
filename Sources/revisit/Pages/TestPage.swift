internal import Foundation
internal import ScriptKit

/// A run of tests, for people.
struct TestPage {
    /// Columns of a failure's title before its place.
    private static let titleWidth = 58

    let report: TestRun.Report
    /// As the user named it.
    let rooftop: String
    let seconds: Double
    let style: TerminalStyle

    var text: String {
        var lines = [files]
        for result in report.failed { lines += describe(result) }
        lines += snapshots
        lines.append(summary)
        if let coverage = report.coverage {
            for file in coverage.files where !file.missed.isEmpty {
                lines.append("  never run: \(file.name) \(file.missed.count == 1 ? "line" : "lines") \(file.missedRanges)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// "✓ mapping 4   ✗ message 2/3".
    private var files: String {
        var names: [String] = []
        for result in report.results where !names.contains(result.test.file) { names.append(result.test.file) }
        return names.map { name in
            let results = report.results.filter { $0.test.file == name && $0.outcome != .skipped }
            let passed = results.count { $0.outcome == .passed }
            let short = name.split(separator: "/").last.map { String($0).replacing("_test.lua", with: "") } ?? name
            return passed == results.count ? "\(style.good("✓")) \(short) \(passed)" : "\(style.bad("✗")) \(short) \(passed)/\(results.count)"
        }.joined(separator: "   ")
    }

    private func describe(_ result: TestResult) -> [String] {
        guard let failure = result.failure else { return [] }
        var lines = ["  \(style.bad("✗")) \(Columns.left(Self.safe(result.test.name), Self.titleWidth)) \(result.test.place)"]
        lines.append("    " + [failure.place, Self.safe(failure.message)].compactMap { $0 }.joined(separator: "  "))
        lines += style.lines(failure.excerpt, remedy: failure.remedy).map { "    " + $0 }
        lines += values(failure).map { "    " + $0 }
        if let example = failure.example {
            lines.append("    smallest example\(failure.runs.map { ", after \(Columns.count($0, "run"))" } ?? ""):")
            lines += example.split(separator: "\n").map { "      " + Self.safe(String($0)) }
        }
        lines.append("    again: revisit test \(rooftop) \(result.test.place) --seed \(report.seed)")
        return lines
    }

    /// The two values below each other, when they are too long for the message.
    private func values(_ failure: TestFailure) -> [String] {
        guard let expected = failure.expected, let actual = failure.actual else { return [] }
        if expected.contains("\n") || actual.contains("\n") {
            return DifferencePage(from: expected, to: actual, style: style).lines
        }
        guard !failure.message.contains(expected) || !failure.message.contains(actual) else { return [] }
        return ["expected \(Self.safe(expected))", "got      \(Self.safe(actual))"]
    }

    private var snapshots: [String] {
        report.snapshots.differences.compactMap { difference in
            switch difference.kind {
            case .pending: "  \(style.strong("new snapshot")): \(difference.name)  \(difference.file)"
            case .obsolete: "  \(style.strong("obsolete snapshot")): \(difference.name)  \(difference.file)"
            case .changed: nil
            }
        }
    }

    private var summary: String {
        var parts = ["\(report.passedCount) passed, \(report.failed.count) failed" + (report.skippedCount > 0 ? ", \(report.skippedCount) skipped" : "")]
        let waiting = report.snapshots.differences.count
        if waiting > 0 { parts.append("\(Columns.count(waiting, "snapshot")) to review with --review") }
        if report.isFocused { parts.append("only what says only") }
        if let coverage = report.coverage { parts.append("lines \(coverage.percent) %") }
        parts.append("\(Int((seconds * 1000).rounded())) ms")
        return parts.joined(separator: " · ")
    }

    /// Control characters in data must not move the cursor.
    static func safe(_ text: String) -> String {
        String(text.unicodeScalars.flatMap { scalar -> [Character] in
            switch scalar {
            case "\n": ["\\", "n"]
            case "\t": [" "]
            default: scalar.value < 0x20 || scalar.value == 0x7F ? Array("\\\(scalar.value)") : [Character(scalar)]
            }
        })
    }
}
