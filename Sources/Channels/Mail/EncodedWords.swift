internal import Foundation

/// Words beyond ASCII in headers (RFC 2047).
enum EncodedWords {
    /// With the words' frame at most 64 characters, so that the first fits on a header's line after its name.
    private static let bytesInWord = 36

    /// The text as UTF-8 in base64, split between characters, a word a line.
    static func encode(_ text: String) -> String {
        var words: [[UInt8]] = [[]]
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            if words[words.count - 1].count + bytes.count > bytesInWord { words.append([]) }
            words[words.count - 1] += bytes
        }
        return words.map { "=?utf-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }

    /// The text with its encoded words read; one that can't be read stays as it is.
    static func decode(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        var decoded = ""
        var rest = text[...]
        var isAfterWord = false
        while let start = rest.range(of: "=?") {
            let between = rest[..<start.lowerBound]
            guard let (word, after) = word(rest[start.lowerBound...]) else {
                decoded += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                isAfterWord = false
                continue
            }
            // White space between two encoded words belongs to the folding.
            if !(isAfterWord && between.allSatisfy(\.isWhitespace)) { decoded += between }
            decoded += word
            rest = rest[after...]
            isAfterWord = true
        }
        return decoded + rest
    }

    /// `=?charset?B?...?=` at the start of the text, and where it ends.
    private static func word(_ text: Substring) -> (text: String, end: String.Index)? {
        let parts = text.dropFirst(2).split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3].hasPrefix("="), !parts[2].contains(" "),
            let charset = Charset(String(parts[0].prefix { $0 != "*" })), let encoding = parts[1].first, parts[1].count == 1
        else { return nil }
        let bytes: [UInt8]
        switch encoding {
        case "B", "b": bytes = Base64.decode(parts[2].utf8)
        case "Q", "q": bytes = QuotedPrintable.decode(parts[2].utf8.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 })
        default: return nil
        }
        return (charset.text(of: bytes[...]), text.index(after: parts[3].startIndex))
    }
}
