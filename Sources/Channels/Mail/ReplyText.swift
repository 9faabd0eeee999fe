/// What someone wrote themselves in an answer, without the earlier messages that their program quotes below or between.
enum ReplyText {
    static let bytesMost = 65_536
    /// How many lines "On ... wrote:" may take.
    private static let introductionLinesMost = 4

    /// Lines that begin with ">" are left out; from a line that begins an unquoted earlier message on, all is.
    static func withoutQuotes(_ text: String) -> String {
        let lines = MailLines.split(text)
        var kept: [String] = []
        var place = 0
        while place < lines.count {
            let line = trimmed(lines[place])
            if line.hasPrefix(">") {
                place += 1
            } else if let length = introduction(lines, at: place) {
                place += length
                while place < lines.count, trimmed(lines[place]).isEmpty { place += 1 }
                // Without marks there is no telling where the quote ends: it goes on to the end.
                if place < lines.count, !trimmed(lines[place]).hasPrefix(">") { break }
            } else if startsEarlierMessage(lines, at: place) || lines[place] == "-- " {
                break
            } else {
                kept.append(trimmedEnd(lines[place]))
                place += 1
            }
        }
        while kept.last?.isEmpty == true { kept.removeLast() }
        let own = kept.drop(while: \.isEmpty).joined(separator: "\n")
        guard own.utf8.count > bytesMost else { return own }
        return String(decoding: own.utf8.prefix(bytesMost), as: UTF8.self)
    }

    /// How many lines say "On Tue, Mar 3, 2026 at 9:00 AM, Hillside Auto wrote:", which programs break where they like.
    private static func introduction(_ lines: [String], at start: Int) -> Int? {
        let first = trimmed(lines[start])
        guard first.hasPrefix("On ") || first.hasPrefix("Le ") || first.hasPrefix("El "), first.contains(where: \.isNumber) else { return nil }
        for length in 1...introductionLinesMost where start + length <= lines.count {
            let last = trimmed(lines[start + length - 1])
            if length > 1, last.isEmpty || last.hasPrefix(">") { return nil }
            if ["wrote:", "écrit :", "écrit\u{A0}:", "a écrit:", "escribió:"].contains(where: last.hasSuffix) { return length }
        }
        return nil
    }

    /// Outlook's ways of beginning the earlier message.
    private static func startsEarlierMessage(_ lines: [String], at place: Int) -> Bool {
        let line = trimmed(lines[place])
        if line.hasPrefix("-----Original Message-----") || line.hasPrefix("-----Message d'origine-----") { return true }
        let next = lines[min(place + 1, lines.count)..<min(place + 4, lines.count)].map { trimmed($0) }
        if line.utf8.count >= 20, line.utf8.allSatisfy({ $0 == UInt8(ascii: "_") }) { return next.contains { isField($0, "From") } }
        return isField(line, "From") && next.contains { isField($0, "Sent") || isField($0, "Date") || isField($0, "To") }
    }

    /// "From: ..." or "*From:* ...".
    private static func isField(_ line: String, _ name: String) -> Bool {
        line.hasPrefix(name + ":") || line.hasPrefix("*\(name):*")
    }

    private static func trimmed(_ line: String) -> String {
        String(trimmedEnd(line).drop(while: \.isWhitespace))
    }

    private static func trimmedEnd(_ line: String) -> String {
        String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
}
