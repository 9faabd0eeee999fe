/// The syntax tree of one file, in flat lists: what refers to another node holds its index.
///
/// An expression stands behind its parts, so that one pass along the list sees parts first, and neither a pass nor freeing
/// the tree recurses, however deep a text nests.
struct LuaTree: Sendable {
    let source: LuaSource
    var expressions: [LuaExpression] = []
    var statements: [LuaStatement] = []
    var locals: [LuaLocal] = []
    /// The file itself is the first.
    var functions: [LuaFunction] = []

    init(source: LuaSource) {
        self.source = source
    }

    subscript(id: LuaExpression.ID) -> LuaExpression { expressions[id.index] }
    subscript(id: LuaStatement.ID) -> LuaStatement { statements[id.index] }
    subscript(id: LuaLocal.ID) -> LuaLocal { locals[id.index] }
    subscript(id: LuaFunction.ID) -> LuaFunction { functions[id.index] }

    var main: LuaFunction { functions[0] }

    func text(_ id: LuaExpression.ID) -> String { source.text(self[id].range) }

    /// What a string literal says; nil for any other expression.
    func literal(_ id: LuaExpression.ID) -> LuaText? {
        guard case .string = self[id].kind else { return nil }
        return LuaText(source, self[id].range)
    }

    /// The expression without its parentheses.
    func bare(_ id: LuaExpression.ID) -> LuaExpression.ID {
        var id = id
        while case .parens(let inside) = self[id].kind { id = inside }
        return id
    }
}
