/// Statements, and what Lua refuses in them before anything runs: lost gotos, constants assigned to.
extension LuaParser {
    mutating func parseStatements() throws(LuaSyntaxError) -> LuaStatement.Block {
        var block = LuaStatement.Block()
        let start = lastEnd
        while !isBlockEnd(until: true) {
            if token.kind == .keyword(.return) {
                block.statements.append(try parseReturn())
                break
            }
            try enterLevel()
            if let statement = try parseStatement() { block.statements.append(statement) }
            leaveLevel()
        }
        block.range = start..<max(start, token.range.lowerBound)
        return block
    }

    /// - Parameter until: `until` ends a block too, though the locals before it live on.
    private func isBlockEnd(until: Bool) -> Bool {
        switch token.kind {
        case .end, .keyword(.end), .keyword(.else), .keyword(.elseif): true
        case .keyword(.until): until
        case .name, .number, .string, .keyword, .sign: false
        }
    }

    private mutating func parseStatement() throws(LuaSyntaxError) -> LuaStatement.ID? {
        let start = token.range.lowerBound
        switch token.kind {
        case .sign(.semicolon):
            _ = advance()
            return nil
        case .sign(.label): return try parseLabel(from: start)
        case .keyword(.if): return try parseIf(from: start)
        case .keyword(.while): return try parseWhile(from: start)
        case .keyword(.repeat): return try parseRepeat(from: start)
        case .keyword(.for): return try parseFor(from: start)
        case .keyword(.function): return try parseNamedFunction(from: start)
        case .keyword(.local): return try parseLocal(from: start)
        case .keyword(.do):
            _ = advance()
            let block = try parseBlock()
            try expect(.end)
            return add(.block(block), from: start)
        case .keyword(.break):
            guard scopes.isInLoop else { throw failure("break outside a loop") }
            _ = advance()
            return add(.break, from: start)
        case .keyword(.goto):
            _ = advance()
            let name = try expectName()
            scopes.jump(to: name.text, at: name.range.lowerBound)
            return add(.goto, from: start)
        case .name, .number, .string, .keyword, .sign, .end: return try parseCallOrAssignment(from: start)
        }
    }

    private mutating func parseReturn() throws(LuaSyntaxError) -> LuaStatement.ID {
        let start = advance().range.lowerBound
        var values: [LuaExpression.ID] = []
        if !isBlockEnd(until: true), token.kind != .sign(.semicolon) { values = try parseList() }
        _ = take(.semicolon)
        guard isBlockEnd(until: true) else { throw failure("'<eof>' expected") }
        return add(.return(values), from: start)
    }

    private mutating func parseLabel(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        let name = try expectName()
        try expect(.label)
        let label = add(.label, from: start)
        // Behind the last label of a block its locals are out of scope already.
        while token.kind == .sign(.semicolon) || token.kind == .sign(.label) {
            try enterLevel()
            _ = try parseStatement()
            leaveLevel()
        }
        guard !scopes.hasLabel(name.text) else { throw failure("label '\(name.text)' already defined", at: name.range.lowerBound) }
        if let jump = scopes.label(name.text, isLast: isBlockEnd(until: false)) {
            throw failure("goto '\(jump.name)' jumps into the scope of a local", at: jump.offset)
        }
        return label
    }

    private mutating func parseIf(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        var branches: [LuaStatement.Branch] = []
        repeat {
            _ = advance()
            let condition = try parseExpression()
            try expect(.then)
            branches.append(LuaStatement.Branch(condition: condition, block: try parseBlock()))
        } while token.kind == .keyword(.elseif)
        let otherwise = take(.else) ? try parseBlock() : nil
        try expect(.end)
        return add(.if(branches, else: otherwise), from: start)
    }

    private mutating func parseWhile(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        let condition = try parseExpression()
        try expect(.do)
        let block = try parseBlock(isLoop: true)
        try expect(.end)
        return add(.while(condition, block), from: start)
    }

    /// The condition sees the body's locals.
    private mutating func parseRepeat(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        scopes.enterBlock(isLoop: true)
        scopes.enterBlock(isLoop: false)
        let block = try parseStatements()
        try expect(.until)
        let condition = try parseExpression()
        try leaveBlock()
        try leaveBlock()
        return add(.repeat(block, until: condition), from: start)
    }

    private mutating func parseFor(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        let first = try expectName()
        if take(.assign) {
            var bounds = [try parseExpression()]
            try expect(.comma)
            bounds.append(try parseExpression())
            if take(.comma) { bounds.append(try parseExpression()) }
            let (locals, block) = try parseLoopBody([first], hiddenCount: 3)
            return add(.count(locals[0], bounds, block), from: start)
        }
        var names = [first]
        while take(.comma) { names.append(try expectName()) }
        try expect(.in)
        let values = try parseList()
        let (locals, block) = try parseLoopBody(names, hiddenCount: 4)
        return add(.each(locals, values, block), from: start)
    }

    private mutating func parseLoopBody(
        _ names: [LuaExpression.Name], hiddenCount: Int
    ) throws(LuaSyntaxError) -> ([LuaLocal.ID], LuaStatement.Block) {
        scopes.enterBlock(isLoop: true)
        for _ in 0..<hiddenCount { try activate(nil) }
        try expect(.do)
        scopes.enterBlock(isLoop: false)
        let locals = names.map { addLocal($0, .loop) }
        for local in locals { try activate(local) }
        let block = try parseStatements()
        try leaveBlock()
        try expect(.end)
        try leaveBlock()
        return (locals, block)
    }

    private mutating func parseNamedFunction(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        let name = try expectName()
        var target = readName(name), isMethod = false
        if token.kind != .sign(.dot), token.kind != .sign(.colon) { try noteAssignment(to: target) }
        while !isMethod, token.kind == .sign(.dot) || token.kind == .sign(.colon) {
            isMethod = advance().kind == .sign(.colon)
            target = add(.field(of: target, try expectName()), from: name.range.lowerBound)
        }
        let body = try parseFunction(from: start, isMethod: isMethod)
        return add(.function(target, body), from: start)
    }

    private mutating func parseLocal(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        _ = advance()
        if take(.function) {
            let local = addLocal(try expectName(), .function)
            try activate(local)
            let body = try parseFunction(from: start, isMethod: false)
            return add(.localFunction(local, body), from: start)
        }
        var locals: [LuaLocal.ID] = [], closed = false
        repeat {
            let name = try expectName()
            let attribute = try parseAttribute()
            if attribute == .close {
                guard !closed else { throw failure("multiple to-be-closed variables in local list") }
                closed = true
            }
            locals.append(addLocal(name, .variable, attribute))
        } while take(.comma)
        let values = take(.assign) ? try parseList() : []
        for local in locals { try activate(local) }
        return add(.local(locals, values), from: start)
    }

    private mutating func parseAttribute() throws(LuaSyntaxError) -> LuaLocal.Attribute? {
        guard take(.less) else { return nil }
        let name = try expectName()
        guard let attribute = LuaLocal.Attribute(rawValue: name.text) else {
            throw failure("unknown attribute '\(name.text)'", at: name.range.lowerBound)
        }
        try expect(.greater)
        return attribute
    }

    private mutating func parseCallOrAssignment(from start: Int) throws(LuaSyntaxError) -> LuaStatement.ID {
        var targets = [try parseSuffixed()]
        guard token.kind == .sign(.assign) || token.kind == .sign(.comma) else {
            guard tree[targets[0]].isCall else { throw failure("syntax error") }
            return add(.call(targets[0]), from: start)
        }
        while take(.comma) {
            targets.append(try parseSuffixed())
            guard targets.count <= Self.mostNesting else { throw failure("too many targets") }
        }
        for target in targets {
            guard tree[target].isVariable else { throw failure("syntax error") }
            try noteAssignment(to: target)
        }
        try expect(.assign)
        return add(.assignment(targets, try parseList()), from: start)
    }

    /// A name that was taken for a read one is written.
    private mutating func noteAssignment(to target: LuaExpression.ID) throws(LuaSyntaxError) {
        guard case .name(let name, .local(let local)) = tree[target].kind else { return }
        guard tree[local].attribute == nil else {
            throw failure("attempt to assign to const variable '\(name)'", at: tree[target].range.lowerBound)
        }
        tree.locals[local.index].readCount -= 1
        tree.locals[local.index].writeCount += 1
    }
}
