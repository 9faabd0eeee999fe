internal import Foundation
internal import ScriptKit

/// Shows a person each snapshot that is new, changed or obsolete, and keeps what they say.
struct SnapshotReview {
    let style: TerminalStyle

    /// How many were kept of how many.
    func run(_ check: SnapshotCheck) throws -> (accepted: Int, of: Int) {
        var check = check
        var accepted = 0
        let differences = check.differences
        for (place, difference) in differences.enumerated() {
            show(difference, place + 1, of: differences.count)
            switch ask(difference) {
            case .yes:
                try check.accept(difference)
                accepted += 1
            case .no: break
            case .stop: return (accepted, differences.count)
            }
        }
        return (accepted, differences.count)
    }

    private enum Answer { case yes, no, stop }

    private func show(_ difference: SnapshotCheck.Difference, _ place: Int, of count: Int) {
        var lines = ["", "\(place) of \(count): \(difference.name)  \(difference.file)"]
        switch difference.kind {
        case .pending: lines += difference.text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
        case .obsolete: lines += difference.text.split(separator: "\n", omittingEmptySubsequences: false).map { style.bad("- " + $0) }
        case .changed(let old): lines += DifferencePage(from: old, to: difference.text, style: style).lines
        }
        Console.result(Array(style.shown(lines.joined(separator: "\n") + "\n").utf8))
    }

    private func ask(_ difference: SnapshotCheck.Difference) -> Answer {
        let question =
            switch difference.kind {
            case .pending: "Is this right? [y]es, keep it · [n]o, later · [q]uit: "
            case .changed: "Is the new one right? [y]es, keep it · [n]o, later · [q]uit: "
            case .obsolete: "No test takes it any more. Remove it? [y]es · [n]o · [q]uit: "
            }
        while true {
            Console.result(Array(style.shown(question).utf8))
            switch readLine()?.trimmingCharacters(in: .whitespaces).lowercased() {
            case "y", "yes": return .yes
            case "n", "no": return .no
            case "q", "quit", nil: return .stop
            default: continue
            }
        }
    }
}
