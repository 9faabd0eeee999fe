internal import ScriptKit

/// Two texts line by line: what goes with -, what comes with +.
struct DifferencePage {
    let lines: [String]

    init(from old: String, to new: String, style: TerminalStyle) {
        lines = LineDifference(from: old, to: new).lines.map { line in
            switch line {
            case .same(let text): "  " + text
            case .removed(let text): style.bad("- " + text)
            case .added(let text): style.good("+ " + text)
            }
        }
    }
}
