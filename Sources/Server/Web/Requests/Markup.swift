/// Text made fit to stand in HTML or XML, as content or in a quoted attribute.
enum Markup {
    /// Escapes what markup is made of and leaves out what may not stand in a document or would reorder its words: control characters,
    /// surrogates' neighbours and the marks that switch the direction of writing.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\t", "\n", "\r": escaped += " "
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}": continue
            case _: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
