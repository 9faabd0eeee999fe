/// Expressions: operators by their priorities, and what calls, dots and brackets hang on.
extension LuaParser {
    mutating func parseExpression(above limit: Int = 0) throws(LuaSyntaxError) -> LuaExpression.ID {
        try enterLevel()
        defer { leaveLevel() }
        let start = token.range.lowerBound
        var left: LuaExpression.ID
        if let sign = LuaOperator.Unary(token.kind) {
            _ = advance()
            let operand = try parseExpression(above: LuaOperator.Unary.priority)
            left = add(.unary(sign, operand), from: start)
        } else {
            left = try parseSimple()
        }
        while let sign = LuaOperator.Binary(token.kind), sign.priority.left > limit {
            let range = advance().range
            let right = try parseExpression(above: sign.priority.right)
            left = add(.binary(sign, left, right, sign: range), from: start)
        }
        return left
    }

    mutating func parseList() throws(LuaSyntaxError) -> [LuaExpression.ID] {
        var list = [try parseExpression()]
        while take(.comma) { list.append(try parseExpression()) }
        return list
    }

    private mutating func parseSimple() throws(LuaSyntaxError) -> LuaExpression.ID {
        let start = token.range.lowerBound
        switch token.kind {
        case .number: return addTaken(.number)
        case .string: return addTaken(.string)
        case .keyword(.nil): return addTaken(.nil)
        case .keyword(.true): return addTaken(.true)
        case .keyword(.false): return addTaken(.false)
        case .sign(.dots):
            guard tree[scopes.function].isVararg else { throw failure("cannot use '...' outside a vararg function") }
            return addTaken(.vararg)
        case .sign(.openBrace): return try parseTable()
        case .keyword(.function):
            _ = advance()
            return try parseFunction(from: start, isMethod: false)
        case .name, .keyword, .sign, .end: return try parseSuffixed()
        }
    }

    private mutating func addTaken(_ kind: LuaExpression.Kind) -> LuaExpression.ID {
        let start = advance().range.lowerBound
        return add(kind, from: start)
    }

    /// A name or parentheses, and what follows of dots, brackets and calls.
    mutating func parseSuffixed() throws(LuaSyntaxError) -> LuaExpression.ID {
        let start = token.range.lowerBound
        var value = try parsePrimary()
        while true {
            switch token.kind {
            case .sign(.dot):
                _ = advance()
                value = add(.field(of: value, try expectName()), from: start)
            case .sign(.openBracket):
                let key = try parseKey()
                value = add(.index(of: value, key), from: start)
            case .sign(.colon):
                _ = advance()
                let name = try expectName()
                value = add(.method(of: value, name, try parseArguments()), from: start)
            case .sign(.openParen), .sign(.openBrace), .string:
                value = add(.call(value, try parseArguments()), from: start)
            case .name, .number, .keyword, .sign, .end: return value
            }
        }
    }

    private mutating func parsePrimary() throws(LuaSyntaxError) -> LuaExpression.ID {
        let start = token.range.lowerBound
        if take(.openParen) {
            let inside = try parseExpression()
            try expect(.closeParen)
            return add(.parens(inside), from: start)
        }
        guard token.kind == .name else { throw failure("unexpected symbol") }
        return readName(try expectName())
    }

    /// Adds a name that is read; an assignment counts it anew.
    mutating func readName(_ name: LuaExpression.Name) -> LuaExpression.ID {
        let binding = binding(of: name.text)
        if case .local(let local) = binding { tree.locals[local.index].readCount += 1 }
        return add(.name(name.text, binding), from: name.range.lowerBound)
    }

    private func binding(of name: String) -> LuaExpression.Binding {
        scopes.visible { tree.locals[$0.index].name == name }.map { .local($0) } ?? .global
    }

    private mutating func parseKey() throws(LuaSyntaxError) -> LuaExpression.ID {
        try expect(.openBracket)
        let key = try parseExpression()
        try expect(.closeBracket)
        return key
    }

    private mutating func parseArguments() throws(LuaSyntaxError) -> [LuaExpression.ID] {
        switch token.kind {
        case .string: return [addTaken(.string)]
        case .sign(.openBrace): return [try parseTable()]
        case .sign(.openParen):
            _ = advance()
            if take(.closeParen) { return [] }
            let arguments = try parseList()
            try expect(.closeParen)
            return arguments
        case .name, .number, .keyword, .sign, .end: throw failure("function arguments expected")
        }
    }

    private mutating func parseTable() throws(LuaSyntaxError) -> LuaExpression.ID {
        let start = token.range.lowerBound
        try expect(.openBrace)
        var fields: [LuaExpression.TableField] = []
        while token.kind != .sign(.closeBrace) {
            fields.append(try parseTableField())
            guard take(.comma) || take(.semicolon) else { break }
        }
        try expect(.closeBrace)
        return add(.table(fields), from: start)
    }

    private mutating func parseTableField() throws(LuaSyntaxError) -> LuaExpression.TableField {
        if token.kind == .sign(.openBracket) {
            let key = try parseKey()
            try expect(.assign)
            return .keyed(key, try parseExpression())
        }
        guard token.kind == .name, nextToken.kind == .sign(.assign) else { return .element(try parseExpression()) }
        let name = try expectName()
        try expect(.assign)
        return .named(name, try parseExpression())
    }

    /// Parameters and body, behind the word `function`.
    mutating func parseFunction(from start: Int, isMethod: Bool) throws(LuaSyntaxError) -> LuaExpression.ID {
        let id = LuaFunction.ID(index: tree.functions.count)
        tree.functions.append(LuaFunction(parent: scopes.function, isMethod: isMethod))
        scopes.enterFunction(id)
        scopes.enterBlock(isLoop: false)
        try expect(.openParen)
        if isMethod { try addParameter(LuaExpression.Name(text: "self", range: lastEnd..<lastEnd), to: id) }
        while token.kind != .sign(.closeParen) {
            if take(.dots) {
                tree.functions[id.index].isVararg = true
                break
            }
            try addParameter(try expectName(), to: id)
            guard take(.comma) else { break }
            guard token.kind != .sign(.closeParen) else { throw failure("name expected") }
        }
        try expect(.closeParen)
        tree.functions[id.index].body = try parseStatements()
        try leaveBlock()
        try expect(.end)
        scopes.leaveFunction()
        tree.functions[id.index].range = start..<lastEnd
        return add(.function(id), from: start)
    }

    private mutating func addParameter(_ name: LuaExpression.Name, to function: LuaFunction.ID) throws(LuaSyntaxError) {
        let parameter = addLocal(name, .parameter)
        tree.functions[function.index].parameters.append(parameter)
        try activate(parameter)
    }
}
