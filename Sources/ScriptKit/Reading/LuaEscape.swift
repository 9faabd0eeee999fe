/// What a backslash in a quoted string stands for.
enum LuaEscape {
    private static let plain: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): 92, UInt8(ascii: "\""): 34, UInt8(ascii: "'"): 39,
    ]
    /// Lua takes the old six-byte UTF-8 up to here.
    private static let mostCodePoint = 0x7FFF_FFFF

    /// Passes the escape that begins at the lexer's place.
    static func skip(in lexer: inout LuaLexer) throws(LuaSyntaxError) {
        guard let (_, length) = read(lexer.source.bytes, at: lexer.at) else { throw lexer.failure("invalid escape sequence") }
        lexer.at += length
    }

    /// The bytes that the escape stands for and its length in the source; nil when it is none.
    static func read(_ bytes: [UInt8], at: Int) -> (value: [UInt8], length: Int)? {
        guard at + 1 < bytes.count else { return nil }
        let letter = bytes[at + 1]
        if let value = plain[letter] { return ([value], 2) }
        if LuaSource.isNewline(letter) { return ([10], 1 + LuaSource.newlineLength(bytes, at: at + 1)) }
        switch letter {
        case UInt8(ascii: "z"):
            var end = at + 2
            while end < bytes.count, bytes[end] == 32 || (9...13).contains(bytes[end]) { end += 1 }
            return ([], end - at)
        case UInt8(ascii: "x"): return hexByte(bytes, at: at)
        case UInt8(ascii: "u"): return codePoint(bytes, at: at)
        case 48...57: return decimalByte(bytes, at: at)
        case _: return nil
        }
    }

    private static func hexByte(_ bytes: [UInt8], at: Int) -> ([UInt8], Int)? {
        guard at + 3 < bytes.count, let high = LuaLexer.hexValue(bytes[at + 2]), let low = LuaLexer.hexValue(bytes[at + 3]) else { return nil }
        return ([UInt8(high * 16 + low)], 4)
    }

    private static func decimalByte(_ bytes: [UInt8], at: Int) -> ([UInt8], Int)? {
        var value = 0, end = at + 1
        while end < bytes.count, end < at + 4, LuaLexer.isDigit(bytes[end]) {
            value = value * 10 + Int(bytes[end]) - 48
            end += 1
        }
        return value <= 255 ? ([UInt8(value)], end - at) : nil
    }

    private static func codePoint(_ bytes: [UInt8], at: Int) -> ([UInt8], Int)? {
        guard at + 2 < bytes.count, bytes[at + 2] == UInt8(ascii: "{") else { return nil }
        var value = 0, end = at + 3
        while end < bytes.count, let digit = LuaLexer.hexValue(bytes[end]) {
            value = value * 16 + digit
            end += 1
            if value > mostCodePoint { return nil }
        }
        guard end > at + 3, end < bytes.count, bytes[end] == UInt8(ascii: "}") else { return nil }
        return (utf8(value), end + 1 - at)
    }

    private static func utf8(_ value: Int) -> [UInt8] {
        if value < 0x80 { return [UInt8(value)] }
        var rest = value, tail: [UInt8] = [], room = 0x3F
        while rest > room {
            tail.insert(UInt8(0x80 | (rest & 0x3F)), at: 0)
            rest >>= 6
            room >>= 1
        }
        return [UInt8(truncatingIfNeeded: (~room << 1) | rest)] + tail
    }
}
