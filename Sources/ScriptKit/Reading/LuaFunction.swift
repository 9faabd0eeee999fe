/// A function's body; the file is one too.
struct LuaFunction: Sendable {
    struct ID: Hashable, Sendable { let index: Int }

    /// The function that it stands in; nil for the file.
    let parent: ID?
    /// `self` is the first of a method's.
    var parameters: [LuaLocal.ID] = []
    var isVararg = false
    var isMethod = false
    var body = LuaStatement.Block()
    /// From `function` to `end`, in bytes.
    var range: Range<Int> = 0..<0
}
