/// Numerals and quoted strings.
extension LuaLexer {
    private static let point = UInt8(ascii: ".")

    /// Takes all that Lua takes for a numeral, then asks whether it is one: `3e` and `0x` are none.
    mutating func readNumber() throws(LuaSyntaxError) {
        let start = at
        let isHex = peek() == UInt8(ascii: "0") && peek(1).map { $0 | 32 } == UInt8(ascii: "x")
        if isHex { at += 2 }
        let exponent = UInt8(ascii: isHex ? "p" : "e")
        while let byte = peek() {
            if byte | 32 == exponent {
                at += 1
                if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { at += 1 }
            } else if Self.hexValue(byte) != nil || byte == Self.point {
                at += 1
            } else {
                break
            }
        }
        let hasTail = peek().map(Self.isLetter) == true
        guard !hasTail, Self.isNumeral(source.bytes[(isHex ? start + 2 : start)..<at], isHex: isHex, exponent: exponent) else {
            throw failure("malformed number", at: start)
        }
    }

    /// Digits with at most one point, then perhaps an exponent with decimal digits.
    private static func isNumeral(_ bytes: ArraySlice<UInt8>, isHex: Bool, exponent: UInt8) -> Bool {
        let mark = bytes.firstIndex { $0 | 32 == exponent } ?? bytes.endIndex
        let mantissa = bytes[..<mark]
        let digits = mantissa.filter { $0 != point }
        guard !digits.isEmpty, mantissa.count - digits.count <= 1, isHex || digits.allSatisfy(isDigit) else { return false }
        guard mark < bytes.endIndex else { return true }
        var power = bytes[(mark + 1)...]
        if power.first == UInt8(ascii: "+") || power.first == UInt8(ascii: "-") { power = power.dropFirst() }
        return !power.isEmpty && power.allSatisfy(isDigit)
    }

    mutating func readQuoted(_ quote: UInt8) throws(LuaSyntaxError) {
        let start = at
        at += 1
        while let byte = peek() {
            if byte == quote {
                at += 1
                return
            }
            if LuaSource.isNewline(byte) { break }
            if byte == UInt8(ascii: "\\") { try LuaEscape.skip(in: &self) } else { at += 1 }
        }
        throw failure("unfinished string", at: start)
    }
}
