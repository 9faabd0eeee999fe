internal import ScriptKit

/// A line of a script with a caret below what is meant.
struct ExcerptPage {
    private static let width = 100

    let excerpt: String?
    let line: Int?
    /// From 1, in characters of the excerpt.
    let column: Int?
    let length: Int?
    let remedy: String?
    let style: TerminalStyle

    var lines: [String] {
        guard let excerpt, let line else { return remedy.map { [$0] } ?? [] }
        let number = String(line)
        let margin = String(repeating: " ", count: number.count) + " │ "
        let indent = excerpt.prefix { $0 == " " || $0 == "\t" }.count
        var text = Array(TestPage.safe(String(excerpt.dropFirst(indent))))
        var column = column.map { max(1, $0 - indent) }
        // A long line is cut around the place.
        if text.count > Self.width {
            let from = max(0, min((column ?? 1) - Self.width / 2, text.count - Self.width))
            text = (from > 0 ? ["…"] : []) + text[from..<min(text.count, from + Self.width)] + (from + Self.width < text.count ? ["…"] : [])
            column = column.map { $0 - from + (from > 0 ? 1 : 0) }
        }
        let shown = "\(number) │ \(String(text))"
        guard let column else { return [shown] + (remedy.map { [margin + $0] } ?? []) }
        let carets = String(repeating: "^", count: max(1, min(length ?? 1, text.count - column + 1)))
        return [shown, margin + String(repeating: " ", count: column - 1) + style.bad(carets) + (remedy.map { " " + $0 } ?? "")]
    }
}
