internal import Foundation

/// What to do about a text that isn't Lua. Most such texts are right in another language, or lack one word.
struct SyntaxRemedy {
    private let message: ErrorMessage
    private let line: Int
    private let script: ScannedScript
    /// The token at which the parser gave up.
    private let index: Int?

    init(_ message: ErrorMessage, line: Int, script: ScannedScript) {
        self.message = message
        self.line = line
        self.script = script
        index = Self.errorIndex(message, line: line, script: script)
    }

    var diagnosis: Diagnosis {
        let rules = [
            \.unfinished, \.foreignCharacter, \.textEnded, \.foreignWord, \.foreignOperator, \.braces, \.colonField, \.missingWord, \.missingEnd, \.brackets,
            \.statements,
        ] as [KeyPath<Self, Diagnosis?>]
        let found = rules.lazy.compactMap { self[keyPath: $0] }.first
        var diagnosis = found ?? at(index, nil)
        if let near, near.kind == .foreign, let cut = message.text.range(of: "'<\\") {
            diagnosis.problem = message.text[..<cut.lowerBound] + "'\(near.text)'"
        }
        return diagnosis
    }

    private var near: Token? { index.flatMap(script.token) }
    private var before: Token? { index.flatMap { script.token($0 - 1) } }
    private var after: Token? { index.flatMap { script.token($0 + 1) } }
    private var isAtEnd: Bool { message.text.hasSuffix("<eof>") }

    // MARK: - Finding the word

    private static func errorIndex(_ message: ErrorMessage, line: Int, script: ScannedScript) -> Int? {
        let all = script.tokens(onLine: line).indices
        guard let near = message.near else {
            if message.has("break outside") || message.has("const variable") { return nil }
            return message.text.hasSuffix("<eof>") ? nil : all.first { script.tokens[$0].isText }
        }
        if near.hasPrefix("<\\") { return all.first { script.tokens[$0].kind == .foreign } }
        var matching = all.filter { script.tokens[$0].text == near }
        if matching.isEmpty, let quote = near.first, quote == "\"" || quote == "'" {
            matching = all.filter { script.tokens[$0].isText && script.tokens[$0].text.first == quote }
        }
        if matching.isEmpty { matching = all.filter { script.tokens[$0].text.hasPrefix(near) } }
        if matching.count == 1 { return matching[0] }
        if message.has("function arguments expected"), let place = matching.first(where: { script.token($0 - 2)?.text == ":" }) { return place }
        if near == "/", let place = matching.first(where: { script.token($0 + 1)?.text == "*" }) { return place }
        // Of several the one that stands where no such word can.
        let misplaced = matching.filter { isMisplaced($0, script) }
        return misplaced.count == 1 || (!misplaced.isEmpty && near.count <= 2) ? misplaced.first : nil
    }

    /// Two values with nothing between them, two operators, or a lone symbol.
    private static func isMisplaced(_ index: Int, _ script: ScannedScript) -> Bool {
        guard let before = script.token(index - 1) else { return true }
        let token = script.tokens[index]
        if endsValue(before) { return beginsValue(token) && !(token.isText && before.isName) || (token.text == "+" && script.token(index + 1)?.text == "+") }
        return !beginsValue(token) && before.kind == .symbol
    }

    private static func endsValue(_ token: Token) -> Bool {
        token.isName || token.isText || token.kind == .number || [")", "]", "}", "end", "nil", "true", "false", "..."].contains(token.text)
    }

    private static func beginsValue(_ token: Token) -> Bool {
        token.isName || token.isText || token.kind == .number || ["function", "nil", "true", "false", "not", "{"].contains(token.text)
    }

    // MARK: - Texts and characters

    private var unfinished: Diagnosis? {
        if message.has("unfinished string") {
            let open = script.tokens(onLine: line).indices.filter { script.tokens[$0].kind == .unfinishedString }
            let place = open.count == 1 ? open[0] : nil
            let quote = place.map { script.tokens[$0].text.prefix(1) } ?? "\""
            if let place, let earlier = script.token(place - 1), earlier.isName, let text = script.token(place - 2) ?? nil, text.isText, text.touches(earlier) {
                return apostrophe(at: place - 1)
            }
            return at(place, "the text has no \(quote == "'" ? "' at its end" : "closing \" on this line"); a text of several lines is joined with .. or stands in [[ ]]", length: 1)
        }
        if message.has("unfinished long comment") { return at(index, "the comment has no ]] at its end") }
        if message.has("unfinished long string") { return at(index, "the text has no ]] at its end") }
        if message.has("invalid escape sequence") { return inText("\\", "write \\\\ for a \\ in a text") }
        if message.has("malformed number") { return at(index, "a name can't begin with a digit, and a text needs quotes") }
        if message.has("cannot use '...'") { return at(index, "... is known only in a function(...); name what you need") }
        return nil
    }

    private var foreignCharacter: Diagnosis? {
        guard let near, near.kind == .foreign || ["`", "@", "$", "\\"].contains(near.text) else { return nil }
        let remedy: String
        switch near.text {
        case "“", "”", "„", "«", "»": remedy = "a text stands in straight quotes, \"…\", and not in curly ones (\(near.text))"
        case "‘", "’", "‚", "´": remedy = "a text stands in straight quotes, '…', and not in curly ones (\(near.text))"
        case "`": remedy = "a text stands in \"…\" or '…', and not in `…`"
        case "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\u{200B}", "\u{FEFF}":
            remedy = "there is an invisible character that only looks like a space; delete it and type a space"
        case "–", "—", "−": remedy = "a minus is written -, and a comment begins with --"
        case "…": remedy = "three dots are written ..., and texts are joined with .."
        case "≠": remedy = "Lua writes ~= for is not"
        case "≤": remedy = "Lua writes <="
        case "≥": remedy = "Lua writes >="
        case "\\": remedy = "a \\ has a meaning only inside of a text"
        default:
            remedy = near.kind == .foreign && near.text.first?.isLetter == true
                ? "a name has only the letters a–z, digits and _; a text needs quotes" : "'\(near.text)' has no meaning in Lua; a text needs quotes"
        }
        return at(index, remedy)
    }

    /// 'it's': the text ended at the apostrophe.
    private var textEnded: Diagnosis? {
        guard let index, let near, let before, before.isText, before.touches(near), near.isName || near.kind == .keyword else { return nil }
        return apostrophe(at: index)
    }

    private func apostrophe(at index: Int) -> Diagnosis {
        let quote = script.tokens[index - 1].text.last == "'" ? "'" : "\""
        let byte = script.tokens[index].range.lowerBound - 1
        let line = script.tokens[index].line
        let remedy = quote == "'" ? "the ' inside ends the text; put the whole text in \"…\"" : "the \" inside ends the text; write \\\" for it, or put the whole text in '…'"
        return Diagnosis(line: line, column: script.column(ofByte: byte, line: line), length: 1, remedy: remedy)
    }

    // MARK: - Other languages

    private static let variable = "Lua writes local, as in: local name = …"
    private static let function = "Lua writes function, as in: local function name(touch)"
    private static let words: [String: String] = [
        "elsif": "Lua writes elseif", "elif": "Lua writes elseif", "elseIf": "Lua writes elseif", "else_if": "Lua writes elseif", "endif": "Lua writes end",
        "var": variable, "let": variable, "const": variable, "my": variable, "int": variable,
        "def": function, "func": function, "fn": function, "sub": function,
        "switch": "Lua has no switch; write if … then … elseif … then … end", "case": "Lua has no switch; write if … then … elseif … then … end",
        "continue": "Lua has no continue; put the rest of the loop between if … then and end", "try": "Lua has no try; pcall(function() … end) catches an error",
        "import": "Lua writes local dates = require \"dates\"", "from": "Lua writes local dates = require \"dates\"",
        "foreach": "Lua writes for _, x in ipairs(list) do", "new": "Lua has no new; a table is written { … }", "class": "Lua has no classes; a table is written { … }",
        "unless": "Lua writes if not … then",
    ]

    private var foreignWord: Diagnosis? {
        guard message.text.hasPrefix("syntax error") || message.has("unexpected symbol") || message.has(" expected") else { return nil }
        if let diagnosis = elseIf { return diagnosis }
        for place in [index.map { $0 - 1 }, index].compactMap({ $0 }) {
            guard let token = script.token(place), token.isName, script.isFirstOnLine(place) || place == index || followsBlockWord(place) else { continue }
            if let remedy = Self.words[token.text], place != index || script.isFirstOnLine(place) { return at(place, remedy) }
            let small = token.text.lowercased()
            if Token.keywords.contains(small) { return at(place, "Lua writes '\(small)' in small letters") }
            if token.text.count > 2, place != index || !isJuxtaposed, let word = NearestName.to(token.text, among: Token.keywords) {
                return at(place, "did you mean '\(word)'?")
            }
        }
        return nil
    }

    /// The word and the one before it stand side by side as values.
    private var isJuxtaposed: Bool {
        guard let before, let near else { return false }
        return Self.endsValue(before) && before.line == near.line && !before.isName
    }

    private func followsBlockWord(_ place: Int) -> Bool {
        guard let token = script.token(place - 1) else { return true }
        return ["then", "do", "else", "end", ")", "=", ";", "return", ",", "local", "{"].contains(token.text)
    }

    /// `else if`, whose `if` wants an end of its own, among blocks that lack one.
    private var elseIf: Diagnosis? {
        guard message.has("'end' expected") || message.has("<eof>") || isStrayComma else { return nil }
        let open = script.blocks(upTo: index).open
        let places = open.filter { script.tokens[$0].text == "if" && script.token($0 - 1)?.text == "else" && script.token($0 - 1)?.line == script.tokens[$0].line }
        let all = script.tokens.indices.filter {
            script.tokens[$0].text == "if" && script.token($0 - 1)?.text == "else" && script.tokens[$0 - 1].line == script.tokens[$0].line
        }
        guard let place = places.last ?? (all.count == 1 ? all[0] : nil), !open.isEmpty else { return nil }
        return at((place - 1)..<(place + 1), "'else if' begins a second if, which needs an end of its own; write elseif in one word")
    }

    /// The comma behind an `end` that closed something else than was meant.
    private var isStrayComma: Bool { message.has("unexpected symbol near ','") && before?.text == "end" }

    private var foreignOperator: Diagnosis? {
        guard let index, let near else {
            return nil
        }
        let pair = near.text + (after.map { near.touches($0) ? $0.text : "" } ?? "")
        let name = before.flatMap { $0.isName ? script.chain(index - 1) : nil } ?? "x"
        switch near.text {
        case "!":
            return pair.hasPrefix("!=") || pair.hasPrefix("!==") ? at(index..<(index + 2), "Lua writes ~= for is not") : at(index, "Lua writes not for !")
        case "&": return before?.text == "&" ? at((index - 1)..<(index + 1), "Lua writes and for &&") : at(index, "Lua writes and, or texts are joined with ..")
        case "|": return before?.text == "|" ? at((index - 1)..<(index + 1), "Lua writes or for ||") : at(index, "Lua writes or")
        case "?": return at(index, "Lua has no ? and :; write if … then … else … end")
        case "//" where script.isFirstOnLine(index) || message.has("unexpected"): return at(index, "a comment begins with --")
        case "#" where script.isFirstOnLine(index) || before.map { Self.endsValue($0) } == true: return at(index, "a comment begins with --")
        case "/" where after?.text == "*": return at(index..<(index + 2), "a comment begins with --, or stands between --[[ and ]]")
        case ">" where before?.text == "<" && before?.touches(near) == true: return at((index - 1)..<(index + 1), "Lua writes ~= for is not")
        case ">" where before?.text == "=": return at((index - 1)..<(index + 1), "Lua writes >= for at least")
        case ">" where before?.text == "-": return at((index - 1)..<(index + 1), "Lua writes a dot for ->")
        case "=" where before?.text == "==": return at((index - 1)..<(index + 1), "Lua compares with ==")
        case "=" where before?.text == ":": return at((index - 1)..<(index + 1), "Lua sets a value with = alone")
        case "=" where before.map { ["+", "-", "*", "/", "..", "%"].contains($0.text) } == true: return step(index - 1)
        case "+", "-", "*", "/", "..", "%":
            if after?.text == "=" { return step(index) }
            if pair == "++" { return at(index..<(index + 2), "Lua has no ++; write \(name) = \(name) + 1") }
        case "=" where isCondition: return at(index, "compare with ==; a single = sets a value")
        case "==" where message.has("syntax error") || before.map { $0.isName } == true && script.token(index - 2)?.text == "local":
            return at(index, "set a value with a single =; == compares")
        default: break
        }
        if let before, before.isName, before.touchesComment { return at(index - 1, "Lua has no --, which begins a comment; write \(before.text) = \(before.text) - 1") }
        return nil
    }

    private func step(_ index: Int) -> Diagnosis {
        let symbol = script.tokens[index].text
        let name = script.token(index - 1).flatMap { $0.isName ? script.chain(index - 1) : nil } ?? "x"
        return at(index..<(index + 2), "Lua has no \(symbol)=; write \(name) = \(name) \(symbol) …")
    }

    private var isCondition: Bool {
        guard let index else { return false }
        if message.has("'then' expected") || message.has("'do' expected") { return true }
        let start = script.tokens(onLine: line).indices.lowerBound
        return script.tokens[start..<index].contains { ["if", "elseif", "while", "until", "and", "or", "not", "return"].contains($0.text) && !$0.isText }
    }

    // MARK: - Missing words

    /// `if (…) {`, which Lua takes for a call with a table.
    private var braces: Diagnosis? {
        guard let index else { return nil }
        let place = near?.text == "{" ? index : index - 1
        guard let token = script.token(place), token.text == "{" else { return nil }
        let line = script.tokens(onLine: token.line)
        guard let first = line.first, place == line.indices.last else { return nil }
        switch first.text {
        case "if", "elseif": return at(place, "Lua writes then … end, and not { … }")
        case "while", "for": return at(place, "Lua writes do … end, and not { … }")
        case "else", "}": return at(place, "Lua writes else … end, and not { … }")
        default:
            guard script.token(place - 1)?.text == ")", line.contains(where: { $0.text == "function" }) else { return nil }
            return at(place, "what a function does stands between function(…) and end, and not in { … }")
        }
    }

    /// `{ subject: "…" }`, which Lua takes for a call of a method.
    private var colonField: Diagnosis? {
        if let index, let near, !near.isName || message.has("function arguments"), unclosed("{", "}") != nil {
            let colon = script.token(index - 1)?.text == ":" ? index - 1 : index - 2
            if script.token(colon)?.text == ":", script.token(colon - 1)?.isName == true, ["{", ",", ";"].contains(script.token(colon - 2)?.text) {
                return at(colon, "a field is written name = value, and not name: value")
            }
        }
        return nil
    }

    private var missingWord: Diagnosis? {
        if message.has("'then' expected") || message.has("'do' expected") {
            let word = message.has("'then'") ? "then" : "do"
            if near?.text == "{" { return at(index, "Lua writes \(word) … end, and not { … }") }
            if near?.text == ":" { return at(index, "Lua writes \(word), and not :") }
            if let place = juxtaposition { return place }
            return behindLast("an \(word == "then" ? "if or elseif needs 'then' after its condition" : "loop needs 'do' before its lines")".replacing("an loop", with: "a loop"))
        }
        if message.has("'=' or 'in' expected") { return at(index, "go through a list with: for _, x in ipairs(list) do") }
        if message.has("',' expected near"), script.tokens(onLine: line).contains(where: { $0.text == "for" }) { return at(index, "count with: for i = 1, 10 do") }
        if message.has("'(' expected near") {
            if let near, near.isName, before?.text == "function" {
                if after?.text == "(" { return at(index, "inside of a table write: \(near.text) = function(…)") }
                return at(index, "what a function is given stands in ( ): function(\(near.text))")
            }
            return at(index, "a function needs ( ) behind it: function()")
        }
        if message.has("<name> expected near") {
            if let before, before.text == "for", near?.text == "(" { return at(index, "leave out the ( ): for _, x in ipairs(list) do") }
            if near?.kind == .keyword, let before, [".", "local", ":", "function", ","].contains(before.text), let near, !script.isFirstOnLine(index ?? 0) {
                if near.text != "end" || script.token((index ?? 0) + 1)?.text == "=" {
                    return at(index, "'\(near.text)' is a word of Lua's own; choose another name")
                }
            }
            return behindLast("a name is missing here")
        }
        if message.has("function arguments expected") {
            if let index, let place = script.token(index - 1), place.isName, let chain = script.chain(index - 1) {
                return at(index - 1, "a colon calls a function; read a field with a dot: \(chain.replacingLast(":", with: "."))")
            }
        }
        return nil
    }

    /// Two values side by side, where texts should have been joined.
    private var juxtaposition: Diagnosis? {
        guard let index, let near, let before, before.line == near.line, Self.endsValue(before), Self.beginsValue(near) else { return nil }
        guard before.isText || near.isText || before.text == ")" || before.isName else { return nil }
        if before.isText || near.isText { return at(index, "a .. is missing before it: texts and values are joined with ..") }
        return nil
    }

    // MARK: - Blocks and brackets

    private var missingEnd: Diagnosis? {
        if message.text.hasPrefix("'<eof>' expected near 'end'") || message.text == "<eof> expected near 'end'" {
            return at(index, "there is one 'end' too many: this one closes nothing")
        }
        guard message.has("'end' expected") || message.has("'until' expected") || isAtEnd || isStrayComma else { return nil }
        let blocks = script.blocks(upTo: index)
        if let opener = blocks.lacksEnd { return lacksEnd(opener) }
        if isStrayComma { return blocks.open.last.map(lacksEnd) }
        // What stands no deeper than the opener is none of its lines.
        if let index, let near, let opener = blocks.open.last, script.isFirstOnLine(index), near.line > script.tokens[opener].line,
            script.indent(near.line) <= script.indent(script.tokens[opener].line) {
            return lacksEnd(opener)
        }
        if message.has("(to close '"), !message.has("to close '{'"), !message.has("to close '('"), !message.has("to close '['"), isAtEnd,
            let number = message.quoted(after: "at line ", upTo: ")").flatMap({ Int($0) }), let word = message.quoted(after: "(to close '"),
            let opener = blocks.open.last(where: { script.tokens[$0].line == number && script.tokens[$0].text == word }) {
            return lacksEnd(opener)
        }
        if isAtEnd, message.has("'end' expected"), let opener = blocks.open.last { return lacksEnd(opener) }
        guard message.has("'end' expected") else { return nil }
        if let place = juxtaposition { return place }
        if let near, let index, near.text == "=" || near.text == "," || near.text == "}" || near.text == ")", let opener = blocks.open.last {
            if near.text == "=" { return at(index, "compare with ==; a single = sets a value") }
            return lacksEnd(opener)
        }
        return afterReturn
    }

    private func lacksEnd(_ opener: Int) -> Diagnosis {
        let token = script.tokens[opener]
        if token.text == "if", let before = script.token(opener - 1), before.text == "else", before.line == token.line {
            return at((opener - 1)..<(opener + 1), "'else if' begins a second if, which needs an end of its own; write elseif in one word")
        }
        let closer = token.text == "repeat" ? "until" : "end"
        return at(opener, "the '\(token.text)' of line \(token.line) has no '\(closer)'")
    }

    private var afterReturn: Diagnosis? {
        guard let index, let near, script.isFirstOnLine(index) || near.kind == .keyword else { return nil }
        guard script.tokens[..<index].last(where: { ["return", "then", "do", "else", "function", "end"].contains($0.text) && $0.kind == .keyword })?.text == "return" else {
            return nil
        }
        return at(index, "nothing may follow 'return' in its block; is an 'end' missing above this line?")
    }

    private var brackets: Diagnosis? {
        if isAtEnd, script.blocks().open.isEmpty, let opener = unclosed("{", "}") { return at(opener, "this { has no }") }
        guard let open = ["{", "(", "["].first(where: { message.has("to close '\($0)'") || message.text.hasPrefix("'\(Self.closer[$0] ?? "")' expected") }),
            let close = Self.closer[open] else { return nil }
        if let place = juxtaposition { return open == "{" ? missingComma(place) : place }
        if let near, let index, open == "{" {
            if near.text == ":", before?.isName == true { return at(index, "a field is written name = value, and not name: value") }
            if near.text == "=", let text = before, text.isText { return at(index - 1, "leave out the quotes: \(text.text.dropFirst().dropLast()) = …, or write [\(text.text)] = …") }
            if Self.beginsValue(near) || near.text == "[" || near.text == "(", let before, Self.endsValue(before) { return missingComma(nil) }
        }
        if near?.text == "=", open == "(" { return isCondition ? at(index, "compare with ==; a single = sets a value") : at(index, "what a function is given has no names; write the values alone, or { name = value }") }
        if open == "(", let near, let before, before.line == near.line, Self.endsValue(before), Self.beginsValue(near) { return at(index, "a comma is missing before it") }
        let opener = unclosed(open, close)
        return at(opener, "this \(open) has no \(close)")
    }

    private func missingComma(_ place: Diagnosis?) -> Diagnosis {
        if let place, let before, let near, before.isText != near.isText, !(after?.text == "=") {
            _ = before
            return Diagnosis(line: place.line, column: place.column, length: place.length, remedy: "a comma is missing before it, or .. to join two texts")
        }
        return behindLast("a comma is missing between two entries of the table")
    }

    private static let closer = ["{": "}", "(": ")", "[": "]"]

    /// The last bracket of that kind before the error that is still open.
    private func unclosed(_ open: String, _ close: String) -> Int? {
        var all: [Int] = []
        for at in 0..<(index ?? script.tokens.count) where !script.tokens[at].isText {
            if script.tokens[at].text == open { all.append(at) }
            if script.tokens[at].text == close { _ = all.popLast() }
        }
        return all.last
    }

    // MARK: - Whole statements

    private var statements: Diagnosis? {
        if message.text.hasPrefix("break outside a loop") {
            return at(script.find("global", "break", line: line) ?? script.tokens(onLine: line).indices.first { script.tokens[$0].text == "break" }, "break only ends a for, while or repeat; leave a function with return")
        }
        if message.has("const variable") { return at(index, "it was made <const>; leave that out to change it") }
        if let place = juxtaposition { return place }
        guard let index, let near else {
            return isAtEnd ? Diagnosis(line: script.tokens.last?.line ?? line, remedy: "the file ends before the sentence does") : nil
        }
        if near.isText, message.has("unexpected symbol") { return at(index, "a text alone does nothing; write return before it") }
        if near.text == "{" { return at(index, "what a block or function does stands between its first line and end, and not in { }") }
        if near.text == ":" { return at(index, "Lua has no : at the end of a line; a block goes from then, do or function(…) to end") }
        if message.has("<eof>' expected") || message.has("<eof> expected") {
            if near.text == "}" || near.text == ")" || near.text == "]" { return at(index, "there is one \(near.text) too many") }
            return at(index, "nothing may follow the file's last return; is a comma missing above, or a } too many?")
        }
        if message.text.hasPrefix("syntax error"), let start = script.chainStart(index - 1), script.token(index - 1)?.isName == true {
            if let earlier = script.token(start - 1), earlier.text == ")", earlier.line == script.tokens[start].line { return at(index, nil) }
            return at(start..<index, "a value alone does nothing; is return before it missing, or = and a value behind it?")
        }
        if message.has("unexpected symbol") {
            if near.text == ",", before?.text == "," { return at(index, "there is one comma too many") }
            if let before, before.kind == .symbol && ![")", "}", "]"].contains(before.text) || ["and", "or", "not", "return", "if", "="].contains(before.text) {
                return behindLast("a value is missing after '\(before.text)'")
            }
            if near.text == ")" || near.text == "}" || near.text == "]" { return at(index, "there is one \(near.text) too many") }
        }
        return nil
    }

    // MARK: - Places

    /// Behind the last word before the error, where something is missing.
    private func behindLast(_ remedy: String) -> Diagnosis {
        let last = index.map { $0 - 1 } ?? script.tokens.indices.last
        guard let last, let token = script.token(last), let index, script.tokens[index].line != token.line else { return at(index, remedy) }
        let end = script.column(ofByte: token.range.upperBound, line: token.line)
        return Diagnosis(line: token.line, column: end, length: 1, remedy: remedy)
    }

    private func at(_ index: Int?, _ remedy: String?, length: Int? = nil) -> Diagnosis {
        guard let index else { return Diagnosis(line: line, remedy: remedy) }
        var diagnosis = at(index..<(index + 1), remedy)
        if let length { diagnosis.length = length }
        return diagnosis
    }

    private func at(_ range: Range<Int>, _ remedy: String?) -> Diagnosis {
        let upper = min(range.upperBound, script.tokens.count)
        let (first, last) = (script.tokens[range.lowerBound], script.tokens[upper - 1])
        let column = script.column(ofByte: first.range.lowerBound, line: first.line)
        let isOneLine = first.line == last.line && !last.text.contains("\n")
        let end = isOneLine ? script.column(ofByte: last.range.upperBound, line: first.line) : column + 1
        return Diagnosis(line: first.line, column: column, length: max(1, end - column), remedy: remedy)
    }

    private func inText(_ word: String, _ remedy: String) -> Diagnosis {
        let texts = script.tokens(onLine: line).filter { $0.isText && $0.text.contains(word) }
        guard texts.count == 1, let text = texts.first, let byte = script.bytes[text.range].firstIndex(of: word.utf8.first ?? 0) else {
            return Diagnosis(line: line, remedy: remedy)
        }
        return Diagnosis(line: line, column: script.column(ofByte: byte, line: line), length: 1, remedy: remedy)
    }
}
