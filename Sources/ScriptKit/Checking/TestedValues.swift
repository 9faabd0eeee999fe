internal import Scripting

/// The values of which a script asks whether they are there: all that conditions, `and`, `or`, `not`, `==` and `assert` mention.
struct TestedValues {
    /// Which of another field's answers tell whether a field is there: the day and kind of a touch tell whether it has a season.
    private static let telling = ["season": ["kind", "day"]]

    private struct Test: Hashable {
        let function: LuaFunction.ID
        let path: String
    }

    private let script: CheckedScript
    private var tests: Set<Test> = []
    /// The functions that the host calls; what may be missing in the others is for their callers to ask.
    private let hooks: Set<LuaFunction.ID>
    /// Names of fields that the file's own helpers test; who calls them is not followed.
    private var helperFields: Set<String> = []
    private var allFields: Set<String> = []

    init(script: CheckedScript) {
        self.script = script
        let tree = script.tree
        hooks = Set(script.exports.functions.map(\.function))
        var isTested = Self.conditions(script)
        // The whole stands behind its parts, so that going back passes the mark on to them.
        for index in tree.expressions.indices.reversed() where isTested[index] {
            let id = LuaExpression.ID(index: index)
            for part in Self.testedParts(tree[id].kind) { isTested[part.index] = true }
            guard let path = script.kinds.path(id) else { continue }
            let function = script.outermost(tree[id].function)
            tests.insert(Test(function: function, path: path))
            guard let field = path.split(separator: ".").last.map(String.init) else { continue }
            allFields.insert(field)
            if !hooks.contains(function) { helperFields.insert(field) }
        }
    }

    /// Whether the function asks for the value, or a helper that it may call, or, in a helper, whoever calls that.
    func isTested(_ path: String, in function: LuaFunction.ID) -> Bool {
        let function = script.outermost(function)
        if tests.contains(Test(function: function, path: path)) { return true }
        guard let dot = path.lastIndex(of: ".") else { return false }
        let field = String(path[path.index(after: dot)...])
        let isHook = hooks.contains(function)
        if isHook ? helperFields.contains(field) : allFields.contains(field) { return true }
        if !isHook, Self.telling[field, default: []].contains(where: allFields.contains) { return true }
        return Self.telling[field, default: []].contains { tests.contains(Test(function: function, path: "\(path[..<dot]).\($0)")) }
    }

    private static func conditions(_ script: CheckedScript) -> [Bool] {
        let tree = script.tree
        var marks = [Bool](repeating: false, count: tree.expressions.count)
        for statement in tree.statements {
            switch statement.kind {
            case .while(let condition, _), .repeat(_, let condition): marks[condition.index] = true
            case .if(let branches, _): for branch in branches { marks[branch.condition.index] = true }
            case .local, .assignment, .call, .block, .count, .each, .function, .localFunction, .return, .break, .goto, .label: break
            }
        }
        for id in script.expressions {
            switch tree[id].kind {
            case .binary(let sign, let left, let right, _) where sign == .and || sign == .or || sign.isEquality:
                marks[left.index] = true
                marks[tree.bare(right).index] = true
            case .unary(.not, let operand): marks[operand.index] = true
            case .call:
                if let (name, arguments) = script.globalCallee(id), ["assert", "type"].contains(name) {
                    for argument in arguments { marks[argument.index] = true }
                }
            case .nil, .true, .false, .vararg, .number, .string, .function, .name, .field, .index, .method, .table, .unary, .binary, .parens: break
            }
        }
        return marks
    }

    /// What a test of the whole may well test too. To read a field of a value, join it or count with it is no test of it.
    private static func testedParts(_ kind: LuaExpression.Kind) -> [LuaExpression.ID] {
        switch kind {
        case .parens(let inside): [inside]
        case .unary(.not, let operand): [operand]
        case .binary(let sign, let left, let right, _): sign == .and || sign == .or || sign.isEquality ? [left, right] : []
        case .call(_, let arguments), .method(_, _, let arguments): arguments
        case .nil, .true, .false, .vararg, .number, .string, .function, .name, .field, .index, .table, .unary: []
        }
    }
}
