/// One statement of a Lua text.
struct LuaStatement: Sendable {
    struct ID: Hashable, Sendable { let index: Int }

    /// Statements between two words, as `then` and `end`.
    struct Block: Sendable {
        var statements: [ID] = []
        /// From the first word behind the opening one to the closing one.
        var range: Range<Int> = 0..<0
    }

    struct Branch: Sendable {
        let condition: LuaExpression.ID
        let block: Block
    }

    enum Kind: Sendable {
        case local([LuaLocal.ID], [LuaExpression.ID])
        case assignment([LuaExpression.ID], [LuaExpression.ID])
        case call(LuaExpression.ID)
        case block(Block)
        case `while`(LuaExpression.ID, Block)
        case `repeat`(Block, until: LuaExpression.ID)
        case `if`([Branch], else: Block?)
        case count(LuaLocal.ID, [LuaExpression.ID], Block)
        case each([LuaLocal.ID], [LuaExpression.ID], Block)
        /// `function a.b()`: the target and the function's expression.
        case function(LuaExpression.ID, LuaExpression.ID)
        case localFunction(LuaLocal.ID, LuaExpression.ID)
        case `return`([LuaExpression.ID])
        case `break`, goto, label
    }

    let kind: Kind
    /// In bytes.
    let range: Range<Int>
    /// The function that it stands in.
    let function: LuaFunction.ID
}
