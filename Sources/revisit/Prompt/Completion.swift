/// What a Tab does, given what could stand in place of the line's last word.
enum Completion {
    enum Step: Equatable {
        /// A beep.
        case nothing
        /// The text in place of so many Unicode scalars before the cursor.
        case replace(scalars: Int, text: String)
        /// Nothing can be inserted: show what there is to choose from.
        case list([String])
    }

    /// More than these are counted, not listed.
    static let listedMost = 200
    private static let indent = "  "

    /// The word that a Tab completes: in Lua a name with its fields (`order.item`), in a command that begins with a dot what follows the
    /// last blank.
    static func lastWord(of line: String) -> Substring.UnicodeScalarView {
        let scalars = line[...].unicodeScalars
        let isCommand = scalars.first { $0 != " " } == "."
        let start = scalars.lastIndex { isCommand ? $0 == " " || $0 == "\t" : !isNamePart($0) }
        return scalars[(start.map { scalars.index(after: $0) } ?? scalars.startIndex)...]
    }

    /// - Parameter again: whether the Tab before this one left the line as it is now.
    static func step(line: String, candidates: [String], again: Bool) -> Step {
        // Lua is indented by two spaces, also by who presses Tab for it.
        if line.unicodeScalars.allSatisfy({ $0 == " " }) { return .replace(scalars: 0, text: indent) }
        let choices = Set(candidates).sorted()
        guard let first = choices.first else { return .nothing }
        let word = lastWord(of: line)
        let common = choices.dropFirst().reduce(first) { commonPrefix($0, $1) }
        if choices.count == 1 || common.unicodeScalars.count > word.count {
            return String(Substring(word)) == common ? .nothing : .replace(scalars: word.count, text: common)
        }
        return again ? .list(choices) : .nothing
    }

    /// The candidates in columns, read downwards, each line ended by a carriage return and a newline.
    static func columns(_ candidates: [String], width: Int) -> String {
        let shown = candidates.prefix(listedMost).map(printable)
        let column = (shown.map(\.count).max() ?? 0) + 2
        let across = max(1, width / column)
        let rows = (shown.count + across - 1) / across
        var lines = (0..<rows).map { row in
            stride(from: row, to: shown.count, by: rows).map { place in
                place + rows < shown.count ? Columns.left(shown[place], column) : shown[place]
            }.joined()
        }
        if candidates.count > shown.count { lines.append("and \(candidates.count - shown.count) more") }
        return lines.map { $0 + "\r\n" }.joined()
    }

    private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar == "." || scalar == ":" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }

    private static func commonPrefix(_ one: String, _ other: String) -> String {
        String(zip(one, other).prefix { $0 == $1 }.map(\.0))
    }

    /// Control characters would move the cursor.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    }
}
