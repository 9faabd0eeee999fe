/// Cuts a Lua 5.4 text into tokens. Comments and white space are left out.
struct LuaLexer {
    let source: LuaSource
    var at = 0

    private static let keywords = Dictionary(uniqueKeysWithValues: LuaToken.Keyword.allCases.map { ($0.rawValue, $0) })
    /// By the first byte; the longest first, so that `..` is no two dots.
    private static let signs = Dictionary(grouping: LuaToken.Sign.allCases.map { (bytes: Array($0.rawValue.utf8), sign: $0) }) { $0.bytes[0] }
        .mapValues { $0.sorted { $0.bytes.count > $1.bytes.count } }

    init(_ source: LuaSource) {
        self.source = source
    }

    /// All tokens, the last of them `.end`.
    static func tokens(of source: LuaSource) throws(LuaSyntaxError) -> [LuaToken] {
        var lexer = LuaLexer(source)
        var tokens: [LuaToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    mutating func next() throws(LuaSyntaxError) -> LuaToken {
        try skipBlanks()
        let start = at
        guard let byte = peek() else { return LuaToken(kind: .end, range: start..<start) }
        let kind: LuaToken.Kind
        if Self.isLetter(byte) {
            kind = readName()
        } else if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true) {
            try readNumber()
            kind = .number
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            try readQuoted(byte)
            kind = .string
        } else if byte == UInt8(ascii: "["), let level = try longBracketLevel() {
            try readLong(level)
            kind = .string
        } else {
            kind = .sign(try readSign())
        }
        return LuaToken(kind: kind, range: start..<at)
    }

    func peek(_ ahead: Int = 0) -> UInt8? {
        at + ahead < source.bytes.count ? source.bytes[at + ahead] : nil
    }

    func failure(_ reason: String, at offset: Int? = nil) -> LuaSyntaxError {
        LuaSyntaxError(place: source.place(at: offset ?? at), reason: reason)
    }

    private mutating func skipBlanks() throws(LuaSyntaxError) {
        while let byte = peek() {
            if byte == 32 || (9...13).contains(byte) {
                at += 1
            } else if byte == UInt8(ascii: "-"), peek(1) == byte {
                at += 2
                // A comment that begins as a wrong long bracket, as `--[=`, is a short one.
                if peek() == UInt8(ascii: "["), let level = bracketLevel() {
                    try readLong(level)
                } else {
                    while let inside = peek(), !LuaSource.isNewline(inside) { at += 1 }
                }
            } else {
                return
            }
        }
    }

    private mutating func readName() -> LuaToken.Kind {
        let start = at
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { at += 1 }
        let length = at - start
        guard length <= 8, let keyword = Self.keywords[source.text(start..<at)] else { return .name }
        return .keyword(keyword)
    }

    private mutating func readSign() throws(LuaSyntaxError) -> LuaToken.Sign {
        for (bytes, sign) in Self.signs[source.bytes[at]] ?? [] where bytes.indices.allSatisfy({ peek($0) == bytes[$0] }) {
            at += bytes.count
            return sign
        }
        throw failure("unexpected symbol")
    }

    /// The number of `=` in the long bracket that begins here; nil when it is a plain `[`.
    private func longBracketLevel() throws(LuaSyntaxError) -> Int? {
        if let level = bracketLevel() { return level }
        guard peek(1) == UInt8(ascii: "=") else { return nil }
        throw failure("invalid long string delimiter")
    }

    private func bracketLevel() -> Int? {
        var level = 0
        while peek(1 + level) == UInt8(ascii: "=") { level += 1 }
        return peek(1 + level) == UInt8(ascii: "[") ? level : nil
    }

    private mutating func readLong(_ level: Int) throws(LuaSyntaxError) {
        let start = at
        at += level + 2
        while let byte = peek() {
            at += 1
            guard byte == UInt8(ascii: "]") else { continue }
            var seen = 0
            while seen < level, peek(seen) == UInt8(ascii: "=") { seen += 1 }
            guard seen == level, peek(level) == byte else { continue }
            at += level + 1
            return
        }
        throw failure("unfinished long string or comment", at: start)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || byte == UInt8(ascii: "_")
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    static func hexValue(_ byte: UInt8?) -> Int? {
        guard let byte else { return nil }
        switch byte {
        case 48...57: return Int(byte) - 48
        case 97...102: return Int(byte) - 87
        case 65...70: return Int(byte) - 55
        case _: return nil
        }
    }
}
