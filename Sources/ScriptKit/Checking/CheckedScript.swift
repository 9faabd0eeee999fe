internal import Scripting

/// One file with all that its rules ask of it: the tree, the hooks it gives the host and the kinds of its values.
struct CheckedScript {
    let file: String
    let tree: LuaTree
    let exports: HookExports
    let kinds: ValueKinds
    /// Functions whose errors are caught, as what a test expects to fail: what is wrong in them is meant.
    private let forgiving: Set<LuaFunction.ID>

    init(file: String, tree: LuaTree) {
        self.file = file
        self.tree = tree
        exports = HookExports(file: file, tree: tree)
        kinds = ValueKinds(tree: tree, exports: exports)
        forgiving = Self.forgivingFunctions(tree)
    }

    /// "message", of message.lua; nil for a file in a folder.
    var stem: String? { exports.stem }

    var expressions: [LuaExpression.ID] { tree.expressions.indices.map(LuaExpression.ID.init) }

    func finding(
        _ rule: SourceFinding.Rule, _ severity: SourceFinding.Severity, _ range: Range<Int>, _ message: String, suggestion: String? = nil
    ) -> SourceFinding {
        let place = tree.source.place(at: range.lowerBound)
        return SourceFinding(
            rule: rule, severity: severity, file: file, line: place.line, column: place.column, length: tree.source.length(range),
            message: message, suggestion: suggestion)
    }

    /// The function of the file's own level that the expression stands in; the file itself outside of all.
    func outermost(_ function: LuaFunction.ID) -> LuaFunction.ID {
        var function = function
        while let parent = tree[function].parent, tree[parent].parent != nil { function = parent }
        return function
    }

    func isForgiving(_ function: LuaFunction.ID) -> Bool {
        var function: LuaFunction.ID? = function
        while let at = function {
            if forgiving.contains(at) { return true }
            function = tree[at].parent
        }
        return false
    }

    /// The name of a global that is called, as `require`.
    func globalCallee(_ id: LuaExpression.ID) -> (name: String, arguments: [LuaExpression.ID])? {
        guard case .call(let callee, let arguments) = tree[id].kind, case .name(let name, .global) = tree[callee].kind else { return nil }
        return (name, arguments)
    }

    private static func forgivingFunctions(_ tree: LuaTree) -> Set<LuaFunction.ID> {
        var found: Set<LuaFunction.ID> = []
        for expression in tree.expressions {
            guard case .call(let callee, let arguments) = expression.kind else { continue }
            let name: String
            switch tree[callee].kind {
            case .name(let text, _): name = text
            case .field(_, let field): name = field.text
            case _: continue
            }
            guard ["pcall", "xpcall", "expect"].contains(name) else { continue }
            for argument in arguments {
                if case .function(let function) = tree[argument].kind { found.insert(function) }
            }
        }
        return found
    }
}
