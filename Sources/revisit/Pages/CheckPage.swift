internal import ScriptKit

/// What a check found, for people.
struct CheckPage {
    let report: RooftopCheck.Report
    let files: [String]
    let style: TerminalStyle

    var text: String {
        var lines = report.findings.flatMap(describe)
        let errors = report.errors.count, warnings = report.findings.count - errors
        let looked = "\(Columns.count(report.messageCount, "message")) of \(Columns.count(report.orderCount, "repair order")) and 2 samples looked over"
        if errors == 0, warnings == 0 {
            lines.append("\(style.good("✓")) \(files.joined(separator: ", ")) · \(looked)")
        } else {
            lines.append("\(Columns.count(errors, "error")), \(Columns.count(warnings, "warning")) · \(report.messageCount == 0 ? "no message was tried" : looked)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func describe(_ finding: CheckFinding) -> [String] {
        let mark = finding.severity == .error ? style.bad("✗") : style.strong("!")
        var lines = ["\(mark) \(finding.place)  \(TestPage.safe(finding.message))"]
        lines += style.lines(finding.excerpt, remedy: finding.remedy).map { "    " + $0 }
        if let occasion = finding.occasion { lines.append("    seen with: \(occasion)") }
        return lines
    }
}
