internal import Scripting

/// Values that may be missing and are used as if they never were.
struct MissingValueRules {
    let script: CheckedScript

    func findings() -> [SourceFinding] {
        let tree = script.tree
        let tested = TestedValues(script: script)
        var told: Set<String> = []
        return script.expressions.flatMap { id in
            script.isForgiving(tree[id].function) ? [] : Self.needed(tree[id].kind)
        }.compactMap { operand in
            guard script.kinds[operand]?.isOptional == true, let path = script.kinds.path(operand) else { return nil }
            let function = tree[operand].function
            guard !tested.isTested(path, in: function), told.insert("\(script.outermost(function).index) \(path)").inserted else { return nil }
            let text = tree.text(tree.bare(operand))
            return script.finding(
                .missingValue, .warning, tree[operand].range, "\(text) may be missing; check it first, as: if \(text) then")
        }
    }

    /// The parts that must not be nil.
    private static func needed(_ kind: LuaExpression.Kind) -> [LuaExpression.ID] {
        switch kind {
        case .field(let object, _), .index(let object, _), .method(let object, _, _): [object]
        case .unary(let sign, let operand): sign == .not ? [] : [operand]
        case .binary(let sign, let left, let right, _): sign == .concat || sign.isArithmetic || sign.isOrder ? [left, right] : []
        case .nil, .true, .false, .vararg, .number, .string, .function, .name, .call, .table, .parens: []
        }
    }
}
