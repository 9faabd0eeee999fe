/// A word of a script: what Lua's own scanner would give, with its place.
struct Token: Equatable {
    enum Kind { case name, keyword, number, string, unfinishedString, symbol, foreign }

    static let keywords: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
        "repeat", "return", "then", "true", "until", "while",
    ]

    let kind: Kind
    let text: String
    /// Counted from 1; of a text over several lines, its first.
    let line: Int
    /// Bytes of the script.
    let range: Range<Int>
    /// A comment stands right behind it, without a space.
    var touchesComment = false

    func touches(_ next: Token) -> Bool { range.upperBound == next.range.lowerBound }

    var isText: Bool { kind == .string || kind == .unfinishedString }
    var isName: Bool { kind == .name }
}

/// A script as tokens and lines, also when it isn't right: errors are explained with it.
struct ScannedScript {
    let bytes: [UInt8]
    private(set) var tokens: [Token] = []
    /// Where each line begins.
    private var starts = [0]

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
        for (place, byte) in self.bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(place + 1) }
        scan()
    }

    var lineCount: Int { starts.count }

    /// The text of a line, without its end.
    func line(_ number: Int) -> String? {
        guard number >= 1, number <= starts.count else { return nil }
        var end = number < starts.count ? starts[number] - 1 : bytes.count
        if end > starts[number - 1], bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return String(decoding: bytes[starts[number - 1]..<end], as: UTF8.self)
    }

    /// How many spaces or tabs a line begins with.
    func indent(_ number: Int) -> Int {
        bytes[starts[number - 1]...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
    }

    /// The place of a byte in its line, in characters from 1.
    func column(ofByte byte: Int, line: Int) -> Int {
        String(decoding: bytes[starts[line - 1]..<max(byte, starts[line - 1])], as: UTF8.self).count + 1
    }

    func tokens(onLine line: Int) -> ArraySlice<Token> {
        let first = tokens.firstIndex { $0.line >= line } ?? tokens.endIndex
        let last = tokens[first...].firstIndex { $0.line > line } ?? tokens.endIndex
        return tokens[first..<last]
    }

    func isFirstOnLine(_ index: Int) -> Bool { index == 0 || tokens[index - 1].line < tokens[index].line }

    // MARK: - Scanning

    private mutating func scan() {
        var at = 0
        var line = 1
        if bytes.first == UInt8(ascii: "#") { while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 } }
        while at < bytes.count {
            let byte = bytes[at]
            let start = at
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == 32 || (9...13).contains(byte) { at += 1; continue }
            if byte == UInt8(ascii: "-"), peek(at + 1) == byte {
                if let last = tokens.indices.last, tokens[last].range.upperBound == at { tokens[last].touchesComment = true }
                at = endOfLongBracket(at + 2) ?? endOfLine(at)
                line += newlines(start..<at)
                continue
            }
            var kind = Token.Kind.symbol
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                (at, kind) = endOfString(at)
            } else if byte == UInt8(ascii: "["), let end = endOfLongBracket(at) {
                (at, kind) = (end, .string)
            } else if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(at + 1).map(Self.isDigit) == true) {
                (at, kind) = (endOfNumber(at), .number)
            } else if Self.isLetter(byte) {
                while let next = peek(at), Self.isLetter(next) || Self.isDigit(next) { at += 1 }
                kind = .name
            } else if byte >= 128 {
                at += 1
                while let next = peek(at), next & 0xC0 == 0x80 { at += 1 }
                kind = .foreign
            } else {
                at += symbolLength(at)
            }
            let text = String(decoding: bytes[start..<at], as: UTF8.self)
            if kind == .name, Token.keywords.contains(text) { kind = .keyword }
            tokens.append(Token(kind: kind, text: text, line: line, range: start..<at))
            line += newlines(start..<at)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 }

    private func peek(_ at: Int) -> UInt8? { at < bytes.count ? bytes[at] : nil }

    private func newlines(_ range: Range<Int>) -> Int { bytes[range].count { $0 == UInt8(ascii: "\n") } }

    private func endOfLine(_ at: Int) -> Int { bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count }

    /// The end of `[[ … ]]` or `[==[ … ]==]` that begins here; nil when none does.
    private func endOfLongBracket(_ at: Int) -> Int? {
        guard peek(at) == UInt8(ascii: "[") else { return nil }
        var next = at + 1
        while peek(next) == UInt8(ascii: "=") { next += 1 }
        guard peek(next) == UInt8(ascii: "[") else { return nil }
        let level = next - at - 1
        while next < bytes.count {
            if bytes[next] == UInt8(ascii: "]"), peek(next + level + 1) == UInt8(ascii: "]"),
                bytes[(next + 1)..<(next + level + 1)].allSatisfy({ $0 == UInt8(ascii: "=") }) {
                return next + level + 2
            }
            next += 1
        }
        return bytes.count
    }

    private func endOfString(_ at: Int) -> (Int, Token.Kind) {
        var next = at + 1
        while let byte = peek(next) {
            if byte == bytes[at] { return (next + 1, .string) }
            if byte == UInt8(ascii: "\n") { return (next, .unfinishedString) }
            next += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return (bytes.count, .unfinishedString)
    }

    private func endOfNumber(_ at: Int) -> Int {
        var next = at + 1
        while let byte = peek(next) {
            let isSign = (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")) && "eEpP".utf8.contains(bytes[next - 1])
            guard Self.isDigit(byte) || Self.isLetter(byte) || byte == UInt8(ascii: ".") || isSign else { break }
            next += 1
        }
        return next
    }

    private func symbolLength(_ at: Int) -> Int {
        for symbol in ["...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"] where bytes[at...].starts(with: symbol.utf8) {
            return symbol.utf8.count
        }
        return 1
    }
}
