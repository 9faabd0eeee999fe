/// Text as lines, however they end.
enum MailLines {
    /// Splits at LF, CR LF and CR. Text that ends in a line break gives an empty last line.
    static func split(_ text: String) -> [String] {
        var lines: [String] = []
        var line = String.UnicodeScalarView()
        var before: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\r": lines.append(String(line)); line.removeAll()
            case "\n":
                if before != "\r" { lines.append(String(line)); line.removeAll() }
            default: line.append(scalar)
            }
            before = scalar
        }
        return lines + [String(line)]
    }
}
