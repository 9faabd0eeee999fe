/// Conditions that say another thing than they seem to, and modules that there aren't.
struct SlipRules {
    private static let mostAlternatives = 50
    private static let mostShownBytes = 60

    let script: CheckedScript
    let modules: [String]
    private var tree: LuaTree { script.tree }

    init(script: CheckedScript, modules: [String]) {
        self.script = script
        self.modules = modules
    }

    func findings() -> [SourceFinding] {
        script.expressions.compactMap { unknownModule($0) ?? negatedSide($0) } + conditions().compactMap(constantAlternative)
    }

    private func unknownModule(_ id: LuaExpression.ID) -> SourceFinding? {
        guard let (name, arguments) = script.globalCallee(id), name == "require", let argument = arguments.first,
            let module = tree.literal(argument)?.string, !modules.contains(module), !script.isForgiving(tree[id].function)
        else { return nil }
        let near = NearName(module, among: modules)
        return script.finding(
            .unknownModule, .error, tree[argument].range, "there is no module '\(module)' to require\(near.hint)",
            suggestion: near.name.map { "\"\($0)\"" })
    }

    /// `not a == "b"` asks whether true or false is "b".
    private func negatedSide(_ id: LuaExpression.ID) -> SourceFinding? {
        guard case .binary(let sign, let left, let right, _) = tree[id].kind, sign.isEquality, case .unary(.not, let operand) = tree[left].kind
        else { return nil }
        switch tree[tree.bare(right)].kind {
        case .string, .number, .nil: break
        case .true, .false, .vararg, .function, .name, .field, .index, .call, .method, .table, .unary, .binary, .parens: return nil
        }
        let other = sign == .equal ? "~=" : "=="
        guard let operand = shown(operand) else { return nil }
        let advice = "\(operand) \(other) \(tree.text(right))"
        return script.finding(
            .condition, .error, tree[id].range, "'not' belongs to \(operand) alone, so that this is always \(sign == .unequal); write \(advice)",
            suggestion: advice)
    }

    /// Conditions and what `and` and `or` join in them.
    private func conditions() -> [LuaExpression.ID] {
        var waiting: [LuaExpression.ID] = []
        for statement in tree.statements {
            switch statement.kind {
            case .while(let condition, _), .repeat(_, let condition): waiting.append(condition)
            case .if(let branches, _): waiting += branches.map(\.condition)
            case .local, .assignment, .call, .block, .count, .each, .function, .localFunction, .return, .break, .goto, .label: break
            }
        }
        var found: [LuaExpression.ID] = []
        while let next = waiting.popLast() {
            let bare = tree.bare(next)
            found.append(bare)
            switch tree[bare].kind {
            case .binary(let sign, let left, let right, _) where sign == .and || sign == .or: waiting += [left, right]
            case .unary(.not, let operand): waiting.append(operand)
            case _: break
            }
        }
        return found
    }

    /// `if kind == "a" or "b"`: a text is always true.
    private func constantAlternative(_ id: LuaExpression.ID) -> SourceFinding? {
        guard case .binary(.or, let left, let right, _) = tree[id].kind, let compared = lastComparison(left) else { return nil }
        let constant = tree.text(right)
        switch tree[tree.bare(right)].kind {
        case .string, .number:
            return script.finding(
                .condition, .error, tree[right].range, "this is always true, since \(constant) alone is; write \(compared) == \(constant)",
                suggestion: "\(compared) == \(constant)")
        case .nil:
            return script.finding(
                .condition, .error, tree[right].range, "'or nil' asks nothing; write \(compared) == nil", suggestion: "\(compared) == nil")
        case .true, .false, .vararg, .function, .name, .field, .index, .call, .method, .table, .unary, .binary, .parens: return nil
        }
    }

    /// What the comparison in front of an `or` compares; between them there may be other lonely texts.
    private func lastComparison(_ id: LuaExpression.ID) -> String? {
        var id = id
        for _ in 0..<Self.mostAlternatives {
            switch tree[id].kind {
            case .binary(.equal, let left, _, _): return shown(left)
            case .binary(.or, let left, let right, _):
                switch tree[right].kind {
                case .string, .number: id = left
                case .binary(.equal, let compared, _, _): return shown(compared)
                case _: return nil
                }
            case _: return nil
            }
        }
        return nil
    }

    /// The text of a short expression; nil of one that would hide what is said of it.
    private func shown(_ id: LuaExpression.ID) -> String? {
        let range = tree[id].range
        return range.count <= Self.mostShownBytes && !tree.source.bytes[range].contains(where: LuaSource.isNewline) ? tree.text(id) : nil
    }
}
