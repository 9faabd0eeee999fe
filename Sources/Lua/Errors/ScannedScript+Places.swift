/// Finding what a message speaks of in the lines around it.
extension ScannedScript {
    private static let operators: Set<String> = ["..", "+", "-", "*", "/", "//", "%", "^", "and", "or", "==", "~=", "<", ">", "<=", ">=", ","]
    private static let linesMost = 12

    func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }

    /// The tokens of the line and of those that go on with its expression.
    func statement(around line: Int) -> Range<Int> {
        var range = tokens(onLine: line).indices
        let (first, last) = (line - Self.linesMost, line + Self.linesMost)
        while let next = token(range.upperBound), next.line <= last, goesOn(at: range.upperBound) {
            range = range.lowerBound..<tokens(onLine: next.line).indices.upperBound
        }
        while range.lowerBound > 0, tokens[range.lowerBound - 1].line >= first, goesOn(at: range.lowerBound) {
            range = tokens(onLine: tokens[range.lowerBound - 1].line).indices.lowerBound..<range.upperBound
        }
        return range
    }

    private func goesOn(at index: Int) -> Bool {
        guard let next = token(index), let before = token(index - 1) else { return false }
        return next.text != "," && Self.operators.contains(next.text) || [")", "}"].contains(next.text)
            || Self.operators.contains(before.text) || ["(", "{", "=", "return"].contains(before.text)
    }

    /// The first token of the chain that ends here: `touch` of `touch.item.name`. Nil when calls or brackets are in it.
    func chainStart(_ index: Int) -> Int? {
        var at = index
        while let dot = token(at - 1), dot.text == "." || dot.text == ":" {
            guard let before = token(at - 2), before.isName else { return nil }
            at -= 2
        }
        return at
    }

    func chain(_ index: Int) -> String? {
        chainStart(index).map { start in tokens[start...index].map(\.text).joined() }
    }

    /// Where the message's word stands when only one place can be meant.
    func find(_ kind: String, _ name: String, line: Int, where fits: (Int) -> Bool = { _ in true }) -> Int? {
        let isField = kind == "field" || kind == "method" || kind == "column"
        func matches(_ index: Int) -> Bool {
            let token = tokens[index]
            let before = self.token(index - 1)?.text
            if token.isText { return isField && before == "[" && token.text.dropFirst().dropLast() == name }
            return token.isName && token.text == name && isField == (before == "." || before == ":")
        }
        for range in [tokens(onLine: line).indices, statement(around: line)] {
            let all = range.filter(matches)
            let fitting = all.filter(fits)
            if let only = sole(fitting.isEmpty ? all : fitting) { return only }
            if !all.isEmpty { return nil }
        }
        return nil
    }

    /// The first of places that all read the same; nil when they differ.
    private func sole(_ places: [Int]) -> Int? {
        guard let first = places.first else { return nil }
        if places.count == 1 { return first }
        guard let chain = chain(first) else { return nil }
        return places.allSatisfy { self.chain($0) == chain } ? first : nil
    }

    /// The only one of these symbols on the line.
    func findSymbol(_ symbols: Set<String>, line: Int) -> Int? {
        let all = tokens(onLine: line).indices.filter { symbols.contains(tokens[$0].text) && !tokens[$0].isText }
        return all.count == 1 ? all[0] : nil
    }

    /// The tokens of each argument of the call whose name is here.
    func arguments(ofCallAt index: Int) -> [Range<Int>] {
        guard let open = token(index + 1) else { return [] }
        if open.isText { return [(index + 1)..<(index + 2)] }
        guard open.text == "(" else { return [] }
        var (arguments, start, depth) = ([Range<Int>](), index + 2, 1)
        for at in (index + 2)..<max(index + 2, tokens.count) {
            let text = tokens[at].isText ? "" : tokens[at].text
            depth += Self.depthChange(text)
            if depth == 0 || (depth == 1 && text == ",") {
                if start < at { arguments.append(start..<at) }
                start = at + 1
            }
            if depth == 0 { break }
        }
        return arguments
    }

    /// A loop counts with its `do`.
    private static func depthChange(_ text: String) -> Int {
        if ["(", "{", "[", "function", "if", "do", "repeat"].contains(text) { return 1 }
        return [")", "}", "]", "end", "until"].contains(text) ? -1 : 0
    }

    /// The function around a line, innermost first: its token, and its parameters.
    func functions(around line: Int) -> [(index: Int, hasColon: Bool, parameters: [String])] {
        var found: [(index: Int, hasColon: Bool, parameters: [String])] = []
        for (index, last) in blocks().closed where tokens[index].text == "function" && tokens[index].line <= line && tokens[last].line >= line {
            let open = tokens[index...].firstIndex { $0.text == "(" } ?? index
            let close = tokens[open...].firstIndex { $0.text == ")" } ?? open
            found.append((index, tokens[index..<open].contains { $0.text == ":" }, tokens[open..<close].filter(\.isName).map(\.text)))
        }
        return found.sorted { $0.index > $1.index }
    }
}

extension ScannedScript {
    /// How the words that open and close blocks pair up, and the opener that indentation shows to lack its own `end`.
    struct Blocks {
        var closed: [(open: Int, close: Int)] = []
        var open: [Int] = []
        var lacksEnd: Int?
    }

    func blocks(upTo limit: Int? = nil) -> Blocks {
        var blocks = Blocks()
        var awaitsDo = false
        for index in 0..<(limit ?? tokens.count) where tokens[index].kind == .keyword {
            switch tokens[index].text {
            case "for", "while":
                awaitsDo = true
                blocks.open.append(index)
            case "do":
                if !awaitsDo { blocks.open.append(index) }
                awaitsDo = false
            case "function", "if", "repeat": blocks.open.append(index)
            case "end", "until":
                guard let opener = blocks.open.popLast() else { continue }
                if blocks.lacksEnd == nil, isFirstOnLine(index) {
                    let own = indent(tokens[opener].line)
                    let here = indent(tokens[index].line)
                    if here < own, blocks.open.contains(where: { indent(tokens[$0].line) == here }) { blocks.lacksEnd = opener }
                }
                blocks.closed.append((opener, index))
            default: break
            }
        }
        return blocks
    }

    /// What a file gives those who require it: the names in `return { … }` and those set as `module.name`.
    var moduleNames: [String] {
        var names: [String] = []
        var module: String?
        if let last = tokens.lastIndex(where: { $0.text == "return" && $0.kind == .keyword }), let what = token(last + 1) {
            if what.isName { module = what.text }
            var depth = 0
            for index in (last + 1)..<tokens.count {
                depth += Self.depthChange(tokens[index].text)
                if depth == 1, tokens[index].isName, token(index + 1)?.text == "=" { names.append(tokens[index].text) }
            }
        }
        for index in tokens.indices.dropFirst(2) where tokens[index - 2].text == module && tokens[index].isName {
            guard tokens[index - 1].text == "." || tokens[index - 1].text == ":" else { continue }
            if token(index - 3)?.text == "function" || token(index + 1)?.text == "=" { names.append(tokens[index].text) }
        }
        return names
    }

    /// The name in `name = …` or `["name"] = …` when the file has it once.
    func onlyField(_ name: String) -> Token? {
        let all = tokens.indices.filter { index in
            let token = tokens[index]
            if token.isName { return token.text == name && self.token(index + 1)?.text == "=" }
            return token.isText && token.text.dropFirst().dropLast() == name && self.token(index - 1)?.text == "[" && self.token(index + 2)?.text == "="
        }
        return all.count == 1 ? tokens[all[0]] : nil
    }

    /// The module that a variable holds: "say" of `local words = require "say"`, also among several.
    func moduleName(ofVariable name: String) -> String? {
        for index in tokens.indices where tokens[index].text == "local" && tokens[index].kind == .keyword {
            var (at, place, names) = (index + 1, 0, [String]())
            while let token = token(at), token.isName {
                names.append(token.text)
                at += 1
                if self.token(at)?.text == "," { at += 1 }
            }
            guard token(at)?.text == "=", let wanted = names.firstIndex(of: name) else { continue }
            at += 1
            while token(at)?.text == "require" {
                let hasParenthesis = token(at + 1)?.text == "("
                guard let text = token(at + (hasParenthesis ? 2 : 1)), text.isText else { break }
                if place == wanted { return String(text.text.dropFirst().dropLast()) }
                at += hasParenthesis ? 4 : 2
                guard token(at)?.text == "," else { break }
                (at, place) = (at + 1, place + 1)
            }
        }
        return nil
    }
}
