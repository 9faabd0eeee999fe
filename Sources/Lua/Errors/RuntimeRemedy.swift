internal import Foundation

/// What to do about an error of a script that ran.
struct RuntimeRemedy {
    private let message: ErrorMessage
    private let line: Int
    private let script: ScannedScript
    private let module: (String) -> ScannedScript?

    init(_ message: ErrorMessage, line: Int, script: ScannedScript, module: @escaping (String) -> ScannedScript?) {
        self.message = message
        self.line = line
        self.script = script
        self.module = module
    }

    var diagnosis: Diagnosis {
        let text = message.text
        if text.hasPrefix("attempt to ") {
            if message.has("to compare ") { return compare() }
            if message.has("for iterator") {
                let chain = loopedValue.flatMap(script.chain) ?? "list"
                var diagnosis = at(loopedValue, "go through a list with: for _, x in ipairs(\(chain)) do")
                diagnosis.problem = "\(ErrorMessage.words(message.valueKind ?? "table")) can't follow 'in' by itself"
                return diagnosis
            }
            if let sum = metaSum() { return sum }
            return wrongValue()
        }
        if message.has("'for' ") { return loopBounds() }
        if text.hasPrefix("returned ") { return returned() }
        if text.hasPrefix("the result is a function") {
            var diagnosis = returned()
            diagnosis.remedy = "a function gives its value when it is called, with ( ) behind its name"
            return diagnosis
        }
        if text.hasPrefix("bad argument #") || text.hasPrefix("invalid ") || message.has("on bad self") { return wrongArgument() }
        return named()
    }

    // MARK: - A value of the wrong kind

    private func wrongValue() -> Diagnosis {
        let (kind, name) = message.subject ?? ("", "")
        let value = message.valueKind ?? "nil"
        let doing = String(message.text.dropFirst("attempt to ".count).prefix { $0 != " " })
        let place = find(kind, name, doing)
        let chain = place.flatMap(script.chain) ?? (kind == "local" || kind == "upvalue" || kind == "global" ? name : nil)
        let remedy: String?
        switch doing {
        case "index": remedy = indexed(kind, name, value, chain)
        case "call": remedy = called(kind, name, value, place)
        case "concatenate": remedy = joined(name, value, chain, place)
        case "perform": remedy = calculated(name, value, chain)
        case "get": remedy = value == "nil" ? isNil(name, chain) : "# counts the entries of a list or the letters of a text, and this is \(ErrorMessage.words(value))"
        default: remedy = nil
        }
        var diagnosis = at(place ?? operatorPlace(doing), remedy)
        // "say has no function 'fil'; did you mean 'fill'?" needs no sentence of Lua's before it.
        if message.subject?.name == "", let cut = message.text.range(of: " (field '") { diagnosis.problem = String(message.text[..<cut.lowerBound]) }
        if doing == "call", let remedy, let cut = remedy.range(of: "; "), remedy.contains(" has no function ") {
            diagnosis.problem = String(remedy[..<cut.lowerBound])
            diagnosis.remedy = String(remedy[cut.upperBound...])
        }
        return diagnosis
    }

    /// `"Hi " + name` of two texts, which Lua tells by the operation's name.
    private func metaSum() -> Diagnosis? {
        let symbols = ["add": "+", "sub": "-", "mul": "*", "div": "/", "idiv": "//", "mod": "%", "pow": "^", "unm": "-"]
        guard message.has(" with a '"), let word = message.quoted(after: "attempt to ", upTo: " a '"), let symbol = symbols[word] else { return nil }
        let place = script.findSymbol([symbol], line: line)
        var diagnosis = at(place, word == "add" ? "to join texts write .. instead of +" : "a number is made of a text with tonumber(x)")
        diagnosis.problem = "\(symbol) is for numbers, and this is a text"
        return diagnosis
    }

    private func find(_ kind: String, _ name: String, _ doing: String) -> Int? {
        guard !name.isEmpty, name != "?" else { return indexPlace(doing) }
        return script.find(kind, name, line: line) { index in
            let next = script.token(index + 1)
            let before = script.chainStart(index).flatMap { script.token($0 - 1)?.text }
            switch doing {
            case "index": return [".", ":", "["].contains(next?.text)
            case "call": return next.map { ["(", "{"].contains($0.text) || $0.isText } ?? false
            case "concatenate": return next?.text == ".." || before == ".."
            case "get": return before == "#"
            default: return ([next?.text, before].compactMap { $0 }).contains { ["+", "-", "*", "/", "//", "%", "^"].contains($0) }
            }
        }
    }

    /// The bracket of `rows[0].RO`, whose value has no name.
    private func indexPlace(_ doing: String) -> Int? {
        guard doing == "index" || doing == "concatenate" || doing == "call" else { return nil }
        let all = script.tokens(onLine: line).indices.filter { script.tokens[$0].text == "[" && script.token($0 + 1)?.kind == .number }
        return all.count == 1 ? all[0] + 1 : nil
    }

    private func operatorPlace(_ doing: String) -> Int? {
        switch doing {
        case "concatenate": script.findSymbol([".."], line: line)
        case "perform": script.findSymbol(["+", "-", "*", "/", "//", "%", "^"], line: line)
        case "get": script.findSymbol(["#"], line: line)
        default: nil
        }
    }

    private func isNil(_ name: String, _ chain: String?) -> String {
        let what = chain ?? (name.isEmpty ? nil : name)
        return what.map { "it is empty (nil) here; check it first, as in: if \($0) then … end" } ?? "a value here is empty (nil); check it first with if"
    }

    private func indexed(_ kind: String, _ name: String, _ value: String, _ chain: String?) -> String? {
        guard value == "nil" else { return "\(name.isEmpty ? "it" : "'\(name)'") is \(ErrorMessage.words(value)), which has no fields" }
        if name.isEmpty, let index = indexPlace("index"), script.tokens[index].text == "0" { return "a list begins at 1, not at 0" }
        if kind == "local" || kind == "upvalue", let list = takenFromZero(name) { return "a list begins at 1: write \(list)[1] for \(list)[0]" }
        if kind == "local" || kind == "upvalue",
            let function = script.functions(around: line).first(where: { $0.parameters.contains(name) }) {
            if function.hasColon {
                return "a function written with a colon has a hidden first parameter; write a dot instead of the : in line \(script.tokens[function.index].line)"
            }
        }
        return isNil(name, chain)
    }

    /// The list whose entry 0 a variable was given, which no list has.
    private func takenFromZero(_ name: String) -> String? {
        let tokens = script.tokens
        let last = tokens.indices.last { tokens[$0].isName && tokens[$0].text == name && tokens[$0].line <= line && script.token($0 + 1)?.text == "=" }
        guard let last else { return nil }
        let rest = script.tokens(onLine: tokens[last].line)
        guard let zero = rest.indices.first(where: { tokens[$0].text == "0" && script.token($0 - 1)?.text == "[" }), zero > last else { return nil }
        return script.chain(zero - 2)
    }

    private func called(_ kind: String, _ name: String, _ value: String, _ place: Int?) -> String? {
        if let place, kind == "method" || kind == "field" {
            let owner = script.token(place - 2).flatMap { $0.isName && script.chainStart(place) == place - 2 ? $0.text : nil }
            if value == "nil", let owner, let names = names(of: owner) {
                if script.token(place - 1)?.text == ":", names.contains(name) { return "write a dot instead of the colon: \(owner).\(name)" }
                let hint = NearestName.to(name, among: names).map { "did you mean '\($0)'?" } ?? "it has \(names.sorted().joined(separator: ", "))"
                return "\(owner) has no function '\(name)'; \(hint)"
            }
            if value == "nil", let near = NearestName.to(name, among: Self.libraries["string"] ?? []), kind == "method" {
                return "a text has no function '\(name)'; did you mean '\(near)'?"
            }
            if value == "string", script.token(place + 1)?.isText == true { return "a .. is missing between it and the text behind it" }
            if value != "nil", let owner {
                return "'\(name)' is \(ErrorMessage.words(value)) and no function; read it with a dot and without (): \(owner).\(name)"
            }
        }
        if value == "nil" {
            return name.isEmpty || name == "?" ? "there is no function of that name; is it misspelt?" : "there is no function '\(name)' here; is it misspelt, or defined further below?"
        }
        return "\(name.isEmpty ? "it" : "'\(name)'") is \(ErrorMessage.words(value)) and no function; leave out the () after it"
    }

    /// The functions of a module or a library that a variable holds.
    private func names(of variable: String) -> [String]? {
        if let name = script.moduleName(ofVariable: variable), let names = module(name)?.moduleNames, !names.isEmpty { return names }
        return Self.libraries[variable]
    }

    private func joined(_ name: String, _ value: String, _ chain: String?, _ place: Int?) -> String? {
        switch value {
        case "nil":
            if let chain { return "it is empty (nil) here; say what to write then, as in: (\(chain) or \"\")" }
            return "a value here is empty (nil); say what to write then, as in: (value or \"\")"
        case "boolean": return "true and false are no texts; choose the words: (\(chain ?? "value") and \"yes\" or \"no\")"
        case "function": return "\(chain ?? "it") is a function; call it: \(chain ?? name)(…)"
        case "list": return "write one of its entries, as \(chain ?? "list")[1], or go through it with: for _, x in ipairs(\(chain ?? "list")) do"
        case "table": return "join the texts in it first: table.concat(\(chain ?? "list"), \", \")"
        default: return "'\(name)' has fields of its own; join one of them: \(chain ?? name).…"
        }
    }

    private func calculated(_ name: String, _ value: String, _ chain: String?) -> String? {
        let symbol = script.findSymbol(["+", "-", "*", "/", "//", "%", "^"], line: line)
        let isPlus = symbol.map { script.tokens[$0].text == "+" } ?? script.tokens(onLine: line).contains { $0.text == "+" }
        let nearText = isPlus && statementHasText
        if nearText { return "to join texts write .. instead of +" }
        if value == "nil" { return isNil(name, chain) }
        if value == "string" { return "it is a text and no number; make one of it: tonumber(\(chain ?? "value"))" }
        return "it is \(ErrorMessage.words(value)) and no number"
    }

    private var statementHasText: Bool { script.tokens[script.statement(around: line)].contains { $0.isText } }

    // MARK: - Comparisons, loops and arguments

    private func compare() -> Diagnosis {
        let place = script.findSymbol(["<", ">", "<=", ">="], line: line)
        let words = message.text.split(separator: " ").map(String.init)
        if message.has("to compare two ") {
            return at(place, "only two numbers or two texts can be compared with < and >; compare one of their fields")
        }
        guard words.count == 6 else { return at(place, nil) }
        let kinds = [words[3], words[5]]
        if kinds.contains("nil") {
            guard let place else { return at(nil, "one of the two is empty (nil); check it first, as in: if x and x > 3 then") }
            // Lua turns a > b into b < a.
            let isTurned = script.tokens[place].text.hasPrefix(">")
            let nilIsLeft = (kinds[0] == "nil") != isTurned
            let operand = nilIsLeft ? script.chain(place - 1) : nil
            let name = operand.flatMap { $0.first?.isLetter == true ? $0 : nil }
            return at(place, name.map { "\($0) is empty (nil) here; check it first, as in: if \($0) and \($0) \(script.tokens[place].text) … then" }
                ?? "one of the two is empty (nil); check it first with if")
        }
        if Set(kinds) == ["number", "string"] {
            if let place, let text = [place - 1, place + 1].compactMap({ script.token($0) }).first(where: \.isText),
                let number = Double(text.text.dropFirst().dropLast()) {
                return at(place, "\(text.text) is a text; write the number without quotes: \(number == number.rounded() ? "\(Int(number))" : "\(number)")")
            }
            return at(place, "one is a number and one a text; make a number of the text: tonumber(x)")
        }
        return at(place, "only two numbers or two texts can be compared with < and >")
    }

    /// The value behind `in`.
    private var loopedValue: Int? {
        let all = script.tokens(onLine: line).indices.filter { script.tokens[$0].text == "in" && script.tokens[$0].kind == .keyword }
        guard all.count == 1, var at = all.first.map({ $0 + 1 }), script.token(at)?.isName == true else { return nil }
        while script.token(at + 1)?.text == ".", script.token(at + 2)?.isName == true { at += 2 }
        return at
    }

    private func loopBounds() -> Diagnosis {
        guard message.has("limit") || message.has("initial") else { return at(nil, "count with numbers: for i = 1, 10 do") }
        let comma = script.findSymbol([","], line: line)
        guard message.has("limit"), let comma, var place = script.token(comma + 1).map({ _ in comma + 1 }) else {
            return at(nil, "count with numbers: for i = 1, 10 do")
        }
        while script.token(place + 1)?.text == ".", script.token(place + 2)?.isName == true { place += 2 }
        guard script.tokens[place].isName, let chain = script.chain(place) else { return at(nil, "count with numbers: for i = 1, 10 do") }
        return at(place, "to count a list write #\(chain), or go through it: for _, x in ipairs(\(chain)) do")
    }

    private func wrongArgument() -> Diagnosis {
        let name = message.quoted(after: "' to '") ?? message.quoted(after: " to '") ?? message.quoted(after: "calling '") ?? ""
        if name == "for iterator" {
            let place = script.tokens(onLine: line).first { $0.text == "pairs" || $0.text == "ipairs" }
            return at(place.flatMap { script.find("global", $0.text, line: line) }, "there is no list to go through here: check it first with if, or write (list or {})")
        }
        let short = name.split(separator: ".").last.map(String.init) ?? name
        let place = script.find("field", short, line: line) ?? script.find("global", short, line: line)
        if message.has("invalid conversion") || message.has("malformed pattern") || message.has("invalid pattern") || message.has("invalid escape") {
            return at(place, message.has("conversion") ? "a % that belongs to the text is written %%; and %s stands for a text, %d for a whole number" : "in a pattern % and ( ) [ ] . - + * ? have a meaning; put a % before one that you mean as it is")
        }
        guard let number = Int(message.quoted(after: "bad argument #", upTo: " ") ?? "") else {
            return at(place, message.has("on bad self") ? "call it with a colon, as in: text:\(short)()" : nil)
        }
        let arguments = place.map(script.arguments(ofCallAt:)) ?? []
        let argument = number <= arguments.count ? arguments[number - 1] : nil
        let got = message.quoted(after: "got ", upTo: ")") ?? ""
        let isMissing = got == "no value" || message.has("(no value)")
        if short == "format", let place, let form = script.arguments(ofCallAt: place).first.map({ script.tokens[$0.lowerBound] }), form.isText {
            let text = Array(form.text.utf8)
            for at in text.indices.dropFirst() where text[at] == UInt8(ascii: "%") && (48...57).contains(text[at - 1]) {
                return Diagnosis(
                    line: form.line, column: script.column(ofByte: form.range.lowerBound + at, line: form.line), length: 1,
                    remedy: "a % that belongs to the text is written %%")
            }
            if isMissing { return at(place, "its text has more % places than there are values behind it") }
        }
        var remedy: String?
        if isMissing, arguments.isEmpty, let place, script.token(place - 1)?.text == ".", let chain = script.chain(place), !Self.isLibrary(chain) {
            remedy = "call it with a colon: \(chain.replacingLast(".", with: ":"))()"
        } else if isMissing {
            remedy = "'\(short)' needs \(number == 1 ? "something" : "\(number) values") between its ( )"
        } else if got == "nil" {
            remedy = "what it is given is empty (nil); check it first with if"
        } else if message.has("number expected") {
            remedy = "it needs a number; tonumber(x) makes one of a text"
        } else if message.has("string expected") {
            remedy = "it needs a text, and this is \(ErrorMessage.words(got))"
        } else if message.has("table expected") {
            remedy = "it needs a list or a table, and this is \(ErrorMessage.words(got))"
        } else if message.has("no integer representation") {
            remedy = "it needs a whole number; math.floor(x) makes one"
        } else if !got.isEmpty {
            remedy = "this is \(ErrorMessage.words(got))"
        }
        if let argument, script.tokens[argument].allSatisfy({ $0.line == line }) { return at(argument, remedy) }
        return at(place, remedy)
    }

    // MARK: - Names

    private func named() -> Diagnosis {
        let (problem, own) = Self.split(message.text)
        if let name = message.quoted(after: "unknown name '") {
            return at(script.find("global", name, line: line), Self.foreignNames[name] ?? known(name) ?? own ?? misspeltKeyword(name) ?? "is it misspelt, or a text that lacks its quotes?")
        }
        if problem.hasSuffix("is not declared") {
            return at(script.find("global", message.quoted(after: "'") ?? "", line: line), own)
        }
        if let name = message.quoted(after: "no module '") {
            let place = script.statement(around: line).filter { script.tokens[$0].text.dropFirst().dropLast() == name }
            return at(place.count == 1 ? place[0] : nil, own ?? "neither the rooftop's folder nor the library has a file \(name).lua")
        }
        if let name = message.quoted(after: "has no field '") ?? message.quoted(after: "has no column '") ?? message.quoted(after: "or #, not '") {
            let place = script.find("field", name, line: line) ?? script.onlyField(name).flatMap { $0.line == line ? script.tokens.firstIndex(of: $0) : nil }
            guard message.has("this is a list") else { return at(place, own) }
            let list = place.flatMap { script.chain($0 - 2) } ?? "list"
            let isCount = ["length", "count", "size", "len"].contains(name)
            var diagnosis = at(place, isCount ? "count it with #\(list)" : "take one of its entries, as in \(list)[1], or go through it with: for _, x in ipairs(\(list)) do")
            diagnosis.problem = "this is a list and has no field '\(name)'"
            return diagnosis
        }
        if let name = message.quoted(after: "has no placeholder {", upTo: "}") {
            return inText("{\(name)}", name.contains("{") || name.contains(" ") ? "is a } missing behind the name?" : own)
        }
        if message.has("has a { without") { return inText("{", "close it with }, or leave it out", last: true) }
        if message.has("has a [ without") { return inText("[", "close the part that may be left out with ]", last: true) }
        if message.has("has a [ inside") { return inText("[", "close the first [ with ] before the next", last: true) }
        if problem.hasSuffix("is read-only") { return at(assigned, own) }
        if let name = Self.fieldAtFault(message.text), let field = script.onlyField(name), field.line == line {
            return at(script.tokens.firstIndex(of: field), own)
        }
        if message.has(" requires itself") { return at(nil, "two files can't require each other; move what both need into a third") }
        return at(nil, own)
    }

    /// "close" of "hours.close is a number, expected text", said of what a file returned.
    private static func fieldAtFault(_ text: String) -> String? {
        let path = text.prefix { $0 != " " }
        return path.split(separator: ".").last.map { String($0.prefix { $0 != "[" }) }
    }

    /// The part of a message of our own that says what to do.
    static func split(_ text: String) -> (problem: String, remedy: String?) {
        for word in ["did you mean", "it has ", "write: ", "write ", "copy what", "end it with", "read it with", "return "] {
            if let cut = text.range(of: "; \(word)") {
                let remedy = text.index(cut.lowerBound, offsetBy: 2)
                return (String(text[..<cut.lowerBound]), String(text[remedy...]))
            }
        }
        return (text, nil)
    }

    /// `retrun "Hi"`, which Lua takes for a call.
    private func misspeltKeyword(_ name: String) -> String? {
        guard name.count > 3 else { return nil }
        return NearestName.to(name, among: Token.keywords).map { "did you mean '\($0)'?" }
    }

    /// What a function gave back, where it is one word of it.
    private func returned() -> Diagnosis {
        guard let function = script.functions(around: line).last(where: { script.tokens[$0.index].line == line }),
            let last = script.blocks().closed.first(where: { $0.open == function.index })?.close else { return at(nil, nil) }
        let (_, own) = Self.split(message.text)
        if let word = message.quoted(after: "returned '") {
            let all = (function.index..<last).filter { script.tokens[$0].isText && script.tokens[$0].text.dropFirst().dropLast() == word }
            return at(all.count == 1 ? all[0] : nil, own)
        }
        let all = (function.index..<last).filter { script.tokens[$0].text == "return" && script.tokens[$0].kind == .keyword }
        return at(all.count == 1 ? all[0] : nil, own)
    }

    /// What the file itself knows of a name that isn't known at this line.
    private func known(_ name: String) -> String? {
        let tokens = script.tokens
        for index in tokens.indices where tokens[index].isName && tokens[index].text == name && tokens[index].line > line {
            let before = script.token(index - 1)?.text
            if before == "local" || (before == "function" && script.token(index - 2)?.text == "local") {
                return "it is defined below, in line \(tokens[index].line); move that above this line"
            }
        }
        if module(name) != nil { return "write at the top: local \(name) = require \"\(name)\"" }
        let around = script.functions(around: line)
        let owners = script.blocks().closed.map(\.open).filter { index in
            guard tokens[index].text == "function", let open = tokens[index...].firstIndex(where: { $0.text == "(" }),
                let close = tokens[open...].firstIndex(where: { $0.text == ")" }) else { return false }
            return tokens[open..<close].contains { $0.text == name }
        }
        if let owner = owners.first { return "'\(name)' is known only inside the function of line \(tokens[owner].line)" }
        if let inner = around.first, inner.parameters.isEmpty {
            return "if it is what the function is given, name it: function(\(name))"
        }
        return nil
    }

    /// The field that an assignment on this line sets.
    private var assigned: Int? {
        script.findSymbol(["="], line: line).map { $0 - 1 }.flatMap { script.token($0)?.isName == true ? $0 : nil }
    }

    // MARK: - Places

    private func at(_ index: Int?, _ remedy: String?) -> Diagnosis {
        guard let index else { return Diagnosis(line: line, remedy: remedy) }
        return at(index..<(index + 1), remedy)
    }

    private func at(_ range: Range<Int>, _ remedy: String?) -> Diagnosis {
        let (first, last) = (script.tokens[range.lowerBound], script.tokens[range.upperBound - 1])
        let column = script.column(ofByte: first.range.lowerBound, line: first.line)
        let end = first.line == last.line ? script.column(ofByte: last.range.upperBound, line: first.line) : column + 1
        return Diagnosis(line: first.line, column: column, length: max(1, end - column), remedy: remedy)
    }

    /// The tokens of the statement, and of the function that begins here: a function that returns what another gives has left no line.
    private var nearby: [Range<Int>] {
        let function = script.blocks().closed.first { script.tokens[$0.open].text == "function" && script.tokens[$0.open].line == line }
        return [script.statement(around: line)] + (function.map { [$0.open..<$0.close] } ?? [])
    }

    /// The call of a library's function with what it can't use.
    var libraryCall: Diagnosis {
        for range in nearby {
            let colons = range.filter { index in
                guard script.tokens[index].text == ":", let owner = script.token(index - 1), owner.isName, let name = script.token(index + 1) else { return false }
                return script.moduleName(ofVariable: owner.text).flatMap(module)?.moduleNames.contains(name.text) == true
            }
            if colons.count == 1, let owner = script.token(colons[0] - 1), let name = script.token(colons[0] + 1) {
                var diagnosis = at(colons[0], "write a dot instead: \(owner.text).\(name.text)")
                diagnosis.problem = "'\(name.text)' is called with a colon here"
                return diagnosis
            }
        }
        for range in nearby {
            let calls = range.filter { index in
                guard script.token(index + 1)?.text == ".", let name = script.token(index + 2), script.tokens[index].isName, script.token(index - 1)?.text != "." else { return false }
                return script.moduleName(ofVariable: script.tokens[index].text).flatMap(module)?.moduleNames.contains(name.text) == true
            }
            if calls.count == 1 { return at(calls[0]..<(calls[0] + 3), nil) }
        }
        return Diagnosis(line: line)
    }

    /// A word inside of a text of the statement.
    private func inText(_ word: String, _ remedy: String?, last: Bool = false) -> Diagnosis {
        let places: [(line: Int, byte: Int)] = nearby.lazy.map { self.places(of: word, in: $0) }.first { !$0.isEmpty } ?? []
        guard let place = last ? places.last : places.first, last || places.count == 1 else { return Diagnosis(line: line, remedy: remedy) }
        return Diagnosis(line: place.line, column: script.column(ofByte: place.byte, line: place.line), length: word.count, remedy: remedy)
    }

    private func places(of word: String, in range: Range<Int>) -> [(line: Int, byte: Int)] {
        var places: [(line: Int, byte: Int)] = []
        for index in range where script.tokens[index].isText {
            let token = script.tokens[index]
            let text = script.bytes[token.range]
            let word = Array(word.utf8)
            var at = text.startIndex
            var line = token.line
            while at + word.count <= text.endIndex {
                if text[at] == UInt8(ascii: "\n") { line += 1 }
                if text[at...].starts(with: word) { places.append((line, at)) }
                at += 1
            }
        }
        return places
    }

    // MARK: - Words

    static let foreignNames = [
        "null": "Lua writes nil", "None": "Lua writes nil", "undefined": "Lua writes nil", "NULL": "Lua writes nil", "Nil": "Lua writes nil",
        "True": "Lua writes true", "False": "Lua writes false", "TRUE": "Lua writes true", "FALSE": "Lua writes false",
        "len": "Lua counts a list or a text with # before it", "parseInt": "Lua writes tonumber(x)", "int": "Lua writes tonumber(x)",
        "str": "Lua writes tostring(x)", "console": "Lua writes print(x)", "this": "a function here knows only what stands in its ( )",
        "self": "a function here knows only what stands in its ( )",
    ]

    static let libraries: [String: [String]] = [
        "string": ["byte", "char", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper"],
        "table": ["concat", "insert", "move", "pack", "remove", "sort", "unpack"],
        "math": ["abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "modf", "pi", "random", "sqrt", "tointeger", "type"],
        "utf8": ["char", "charpattern", "codepoint", "codes", "len", "offset"],
    ]

    private static func isLibrary(_ chain: String) -> Bool {
        chain.split(separator: ".").first.map { libraries[String($0)] != nil } ?? false
    }
}

extension String {
    func replacingLast(_ word: String, with other: String) -> String {
        guard let range = range(of: word, options: .backwards) else { return self }
        return replacingCharacters(in: range, with: other)
    }
}
