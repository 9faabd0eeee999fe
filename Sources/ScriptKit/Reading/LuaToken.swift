/// One word or sign of a Lua text.
struct LuaToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case name, number, string
        case keyword(Keyword)
        case sign(Sign)
        case end
    }

    enum Keyword: String, Sendable, CaseIterable {
        case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or, `repeat`, `return`, then, `true`
        case until, `while`
    }

    enum Sign: String, Sendable, CaseIterable {
        case plus = "+", minus = "-", star = "*", slash = "/", floorSlash = "//", percent = "%", caret = "^", hash = "#"
        case ampersand = "&", tilde = "~", bar = "|", shiftLeft = "<<", shiftRight = ">>"
        case equal = "==", unequal = "~=", atMost = "<=", atLeast = ">=", less = "<", greater = ">", assign = "="
        case openParen = "(", closeParen = ")", openBrace = "{", closeBrace = "}", openBracket = "[", closeBracket = "]"
        case label = "::", semicolon = ";", colon = ":", comma = ",", dot = ".", concat = "..", dots = "..."
    }

    let kind: Kind
    /// In bytes.
    let range: Range<Int>
}
