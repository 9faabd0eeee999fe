/// A line of a script with a caret below it, as terminals and e-mails show it.
public struct Excerpt: Sendable, Equatable {
    /// Lines longer than this are cut around the caret.
    public static let charactersMost = 100

    /// "6 │ return when .. item.mesurement", with the number flush left.
    public let line: String
    /// "  │                     ^^^^^^^^^^"; nil when the column is not known.
    public let caret: String?

    /// - Parameters:
    ///   - text: the whole line, with its indent, which is not shown.
    ///   - column: counted from 1 in characters, a tab being one.
    public init(_ text: String, number: Int, column: Int?, length: Int?) {
        let characters = Array(text)
        let indent = characters.prefix { $0 == " " || $0 == "\t" }.count
        var shown = characters[indent...].map { $0 == "\t" ? " " : $0 }
        while let last = shown.last, last.isWhitespace { shown.removeLast() }
        var place = column.map { max(0, $0 - 1 - indent) }
        if shown.count > Self.charactersMost {
            let first = max(0, min((place ?? 0) - Self.charactersMost / 3, shown.count - Self.charactersMost))
            let last = min(shown.count, first + Self.charactersMost)
            place = place.map { $0 - first + (first > 0 ? 1 : 0) }
            shown = (first > 0 ? ["…"] : []) + shown[first..<last] + (last < shown.count ? ["…"] : [])
        }
        line = "\(number) │ " + String(shown)
        let margin = String(repeating: " ", count: "\(number)".count) + " │ "
        caret = place.map { place in
            let before = shown.prefix(place).reduce(0) { $0 + Self.width($1) } + max(0, place - shown.count)
            let marked = shown.dropFirst(place).prefix(length ?? 1).reduce(0) { $0 + Self.width($1) }
            return margin + String(repeating: " ", count: before) + String(repeating: "^", count: max(1, marked))
        }
    }

    /// How many columns of a terminal a character takes: two for those of East Asia and pictures, none for what only joins.
    static func width(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.isEmojiPresentation || character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        case 0x200B...0x200F, 0xFEFF: return 0
        default: return 1
        }
    }
}
