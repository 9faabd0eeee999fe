/// Pieces of Lua source, whatever the names in a file are.
enum LuaText {
    private static let keywords: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat",
        "return", "then", "true", "until", "while",
    ]

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first), !keywords.contains(text) else { return false }
        return text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == 95 }
    }

    /// A text in quotes.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let digits = String(scalar.value)
                    quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    /// `row.STATUS`, or `row["LINE STAT"]`.
    static func field(_ table: String, _ name: String) -> String {
        isName(name) ? "\(table).\(name)" : "\(table)[\(quoted(name))]"
    }

    /// What may follow `--`: one line, whatever the text is.
    static func comment(_ text: String) -> String {
        var comment = ""
        for scalar in text.unicodeScalars { comment.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar) }
        // Two brackets would begin a comment of several lines.
        return comment.hasPrefix("[") ? " " + comment : comment
    }

    /// A name for a variable after some text: `mileageOut`, `ro_detail`.
    static func variable(_ text: String, otherThan taken: Set<String>) -> String {
        var name = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII, scalar.properties.isAlphabetic || scalar == "_" || (("0"..."9").contains(scalar) && !name.isEmpty) { name.unicodeScalars.append(scalar) }
        }
        name = String(name.prefix(24))
        if let first = name.first { name = first.lowercased() + name.dropFirst() }
        if !isName(name) { name = "part" }
        var unique = name
        var count = 2
        while taken.contains(unique) {
            unique = "\(name)\(count)"
            count += 1
        }
        return unique
    }

    /// A comment with a list in it, over as many lines as are needed.
    static func remark(_ head: String, _ items: some Collection<String>, indent: String) -> [String] {
        var lines = [indent + "-- " + head]
        for (place, item) in items.enumerated() {
            let text = " " + comment(item) + (place + 1 < items.count ? "," : "")
            if lines[lines.count - 1].count + text.count > 116 { lines.append(indent + "--  ") }
            lines[lines.count - 1] += text
        }
        return lines
    }

    /// Items with commas, in lines that are short enough to read.
    static func wrapped(_ items: [String], indent: String) -> String {
        let one = "{ " + items.joined(separator: ", ") + " }"
        if one.count <= 110 { return one }
        var lines = [""]
        for item in items {
            if let last = lines.last, !last.isEmpty, last.count + item.count > 110 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + item + ","
        }
        return "{\n" + lines.map { indent + "  " + $0 }.joined(separator: "\n") + "\n\(indent)}"
    }
}
