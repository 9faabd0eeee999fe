/// Reads a Lua 5.4 text into its tree and accepts what Lua accepts, but for the limits of its virtual machine: registers,
/// upvalues and constants of one function.
struct LuaParser {
    /// Statements and expressions inside one another. Lua allows 200 C calls, of which the sandbox has used a few.
    static let mostNesting = 195

    var tree: LuaTree
    var scopes = LuaScopes()
    private var tokens: [LuaToken]
    private var place = 0
    private var nesting = 0

    static func tree(of text: String) throws(LuaSyntaxError) -> LuaTree {
        try tree(of: LuaSource(text))
    }

    static func tree(of source: LuaSource) throws(LuaSyntaxError) -> LuaTree {
        var parser = LuaParser(source, try LuaLexer.tokens(of: source))
        try parser.parseFile()
        return parser.tree
    }

    private init(_ source: LuaSource, _ tokens: [LuaToken]) {
        tree = LuaTree(source: source)
        self.tokens = tokens
    }

    private mutating func parseFile() throws(LuaSyntaxError) {
        tree.functions.append(LuaFunction(parent: nil, isVararg: true, range: 0..<tree.source.bytes.count))
        scopes.enterFunction(LuaFunction.ID(index: 0))
        let body = try parseBlock()
        guard token.kind == .end else { throw failure("unexpected symbol") }
        tree.functions[0].body = body
    }

    // MARK: - Tokens

    var token: LuaToken { tokens[place] }
    var nextToken: LuaToken { tokens[min(place + 1, tokens.count - 1)] }
    /// The byte behind the last token that was taken.
    var lastEnd: Int { place > 0 ? tokens[place - 1].range.upperBound : 0 }

    mutating func advance() -> LuaToken {
        let taken = tokens[place]
        place = min(place + 1, tokens.count - 1)
        return taken
    }

    mutating func take(_ sign: LuaToken.Sign) -> Bool { take(.sign(sign)) }
    mutating func take(_ word: LuaToken.Keyword) -> Bool { take(.keyword(word)) }

    private mutating func take(_ kind: LuaToken.Kind) -> Bool {
        guard token.kind == kind else { return false }
        _ = advance()
        return true
    }

    mutating func expect(_ sign: LuaToken.Sign) throws(LuaSyntaxError) {
        guard take(sign) else { throw failure("'\(sign.rawValue)' expected") }
    }

    mutating func expect(_ word: LuaToken.Keyword) throws(LuaSyntaxError) {
        guard take(word) else { throw failure("'\(word.rawValue)' expected") }
    }

    mutating func expectName() throws(LuaSyntaxError) -> LuaExpression.Name {
        guard token.kind == .name else { throw failure("name expected") }
        let range = advance().range
        return LuaExpression.Name(text: tree.source.text(range), range: range)
    }

    func failure(_ reason: String, at offset: Int? = nil) -> LuaSyntaxError {
        LuaSyntaxError(place: tree.source.place(at: offset ?? token.range.lowerBound), reason: reason)
    }

    // MARK: - Nesting

    mutating func enterLevel() throws(LuaSyntaxError) {
        nesting += 1
        guard nesting <= Self.mostNesting else { throw failure("too much nested") }
    }

    mutating func leaveLevel() { nesting -= 1 }

    // MARK: - Nodes

    mutating func add(_ kind: LuaExpression.Kind, from start: Int) -> LuaExpression.ID {
        tree.expressions.append(LuaExpression(kind: kind, range: start..<lastEnd, function: scopes.function))
        return LuaExpression.ID(index: tree.expressions.count - 1)
    }

    mutating func add(_ kind: LuaStatement.Kind, from start: Int) -> LuaStatement.ID {
        tree.statements.append(LuaStatement(kind: kind, range: start..<lastEnd, function: scopes.function))
        return LuaStatement.ID(index: tree.statements.count - 1)
    }

    mutating func addLocal(_ name: LuaExpression.Name, _ role: LuaLocal.Role, _ attribute: LuaLocal.Attribute? = nil) -> LuaLocal.ID {
        tree.locals.append(
            LuaLocal(name: name.text, range: name.range, role: role, attribute: attribute, function: scopes.function, scope: lastEnd..<lastEnd))
        return LuaLocal.ID(index: tree.locals.count - 1)
    }

    /// From here on the name means this local.
    mutating func activate(_ local: LuaLocal.ID?) throws(LuaSyntaxError) {
        if let local { tree.locals[local.index].scope = lastEnd..<lastEnd }
        guard scopes.activate(local) else { throw failure("too many local variables") }
    }

    /// Statements up to the word that ends the block.
    mutating func parseBlock(isLoop: Bool = false) throws(LuaSyntaxError) -> LuaStatement.Block {
        scopes.enterBlock(isLoop: isLoop)
        let block = try parseStatements()
        try leaveBlock()
        return block
    }

    mutating func leaveBlock() throws(LuaSyntaxError) {
        let (ended, lost) = scopes.leaveBlock()
        for local in ended {
            let start = tree.locals[local.index].scope.lowerBound
            tree.locals[local.index].scope = start..<max(start, token.range.lowerBound)
        }
        if let lost { throw failure("no visible label '\(lost.name)'", at: lost.offset) }
    }
}
