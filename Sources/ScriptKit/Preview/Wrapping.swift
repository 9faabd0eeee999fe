/// Lines of a given width, broken between words.
enum Wrapping {
    static func lines(of text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapped(String($0), width: width) }
    }

    /// With blanks to that width.
    static func padded(_ line: String, to width: Int) -> String {
        line + String(repeating: " ", count: max(0, width - columns(of: line)))
    }

    /// How many columns of a terminal a text takes: wide characters take two, marks that sit on others none.
    static func columns(of text: String) -> Int {
        text.reduce(0) { $0 + columns(of: $1) }
    }

    private static func columns(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        let wide = [0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6]
        return wide.contains { $0.contains(Int(scalar.value)) } ? 2 : 1
    }

    private static func wrapped(_ text: String, width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            var word = String(word)
            let used = columns(of: lines[lines.count - 1])
            if used > 0, used + 1 + columns(of: word) <= width {
                lines[lines.count - 1] += " " + word
                continue
            }
            if used > 0 { lines.append("") }
            while columns(of: word) > width {
                let piece = String(word.prefix(width))
                lines[lines.count - 1] = piece
                lines.append("")
                word = String(word.dropFirst(piece.count))
            }
            lines[lines.count - 1] += word
        }
        return lines
    }
}
