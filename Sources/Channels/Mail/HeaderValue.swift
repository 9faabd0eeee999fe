/// Header values with an inner form.
enum HeaderValue {
    static let addressesMost = 200

    /// "text/plain; charset=utf-8" as its first word, in lower case, and its parameters by their names in lower case.
    static func parameters(_ value: String) -> (word: String, parameters: [String: String]) {
        let pieces = split(value, at: [";"])
        var parameters: [String: String] = [:]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: "=") else { continue }
            let name = trimmed(piece[..<equals]).lowercased()
            if parameters[name] == nil { parameters[name] = unquoted(trimmed(piece[piece.index(after: equals)...])) }
        }
        return (trimmed(withoutComments(pieces.first ?? "")).lowercased(), parameters)
    }

    /// The addresses of a field such as To, without names and comments; at most 200.
    static func addresses(_ value: String) -> [String] {
        split(value, at: [",", ";"]).prefix(addressesMost).compactMap { piece in
            var address = withoutComments(piece)
            if let open = address.lastIndex(of: "<") {
                address = String(address[address.index(after: open)...].prefix { $0 != ">" })
            } else if let colon = address.lastIndex(of: ":") {   // a group's name
                address = String(address[address.index(after: colon)...])
            }
            address = trimmed(address)
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            let isAddress = parts.count >= 2 && !parts[0].isEmpty && parts.last?.isEmpty == false && address.utf8.count <= MailAddress.bytesMost
                && !address.unicodeScalars.contains { $0.value <= 0x20 }
            return isAddress ? address : nil
        }
    }

    /// `<left@right>` as they stand in the value.
    static func messageIDs(_ value: String) -> [String] {
        var found: [String] = []
        var rest = value[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            found.append(String(rest[open...close]))
            rest = rest[rest.index(after: close)...]
        }
        return found
    }

    /// Pieces between the marks, of which those in quotes, comments and angle brackets are none.
    private static func split(_ value: String, at marks: Set<Character>) -> [String] {
        var pieces = [""]
        var quoted = false, escaped = false, comments = 0, angle = false
        for character in value {
            defer { escaped = !escaped && character == "\\" && (quoted || comments > 0) }
            if escaped {
            } else if quoted {
                quoted = character != "\""
            } else if character == "(" {
                comments += 1
            } else if character == ")" {
                comments = max(0, comments - 1)
            } else if comments > 0 {
            } else if character == "\"" {
                quoted = true
            } else if character == "<" || character == ">" {
                angle = character == "<"
            } else if !angle, marks.contains(character) {
                pieces.append("")
                continue
            }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }

    /// Without what is in round brackets outside of quotes.
    private static func withoutComments(_ text: String) -> String {
        var plain = ""
        var quoted = false, escaped = false, comments = 0
        for character in text {
            defer { escaped = !escaped && character == "\\" }
            if !escaped, comments == 0, character == "\"" { quoted.toggle() }
            if !escaped, !quoted, character == "(" { comments += 1 }
            if comments == 0 { plain.append(character) }
            if !escaped, !quoted, character == ")" { comments = max(0, comments - 1) }
        }
        return plain
    }

    private static func unquoted(_ text: String) -> String {
        guard text.first == "\"" else { return text }
        var plain = ""
        var escaped = false
        for character in text.dropFirst() {
            if !escaped, character == "\\" { escaped = true; continue }
            if !escaped, character == "\"" { break }
            plain.append(character)
            escaped = false
        }
        return plain
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
