/// Changes of operators, constants and fields.
struct ExpressionChanges {
    /// A longer text is cut in a description.
    private static let mostShown = 24

    let tree: LuaTree

    func changes() -> [SourceChange] {
        let fixed = fixedExpressions()
        return tree.expressions.indices.map(LuaExpression.ID.init).filter { !fixed.contains($0) }.flatMap(changes)
    }

    private func changes(of id: LuaExpression.ID) -> [SourceChange] {
        let expression = tree[id]
        switch expression.kind {
        case .true: return [SourceChange(expression.range, "false", "true becomes false")]
        case .false: return [SourceChange(expression.range, "true", "false becomes true")]
        case .number: return [number(expression.range)]
        case .string: return [string(id)]
        case .field(_, let name): return [SourceChange(name.range, "\(name.text)_x", "\(tree.text(id)) reads '\(name.text)_x'")]
        case .table(let fields): return fields.compactMap(key)
        case .unary(let sign, let operand): return unary(sign, operand, expression.range)
        case .binary(.concat, let left, let right, _): return joined(left, right)
        case .binary(let sign, _, _, let range):
            guard let other = Self.counterpart(sign) else { return [] }
            return [SourceChange(range, other.rawValue, "\(sign.rawValue) becomes \(other.rawValue)")]
        case .nil, .vararg, .function, .name, .index, .call, .method, .parens: return []
        }
    }

    private func number(_ range: Range<Int>) -> SourceChange {
        let text = tree.source.text(range)
        let more = Int(text).flatMap { $0 < Int.max ? "\($0 + 1)" : nil } ?? "(\(text) + 1)"
        return SourceChange(range, more, "\(text) becomes \(more)")
    }

    private func string(_ id: LuaExpression.ID) -> SourceChange {
        let text = tree.text(id)
        // A string may stand right behind a word, as in `skip"reason"`, and a quote ends that too.
        let replacement = tree.literal(id)?.value.isEmpty == true ? "\"x\"" : "\"\""
        return SourceChange(tree[id].range, replacement, "\(shown(text)) becomes \(replacement)")
    }

    private func key(_ field: LuaExpression.TableField) -> SourceChange? {
        guard case .named(let name, _) = field else { return nil }
        return SourceChange(name.range, "\(name.text)_x", "the key \(name.text) becomes \(name.text)_x")
    }

    private func unary(_ sign: LuaOperator.Unary, _ operand: LuaExpression.ID, _ range: Range<Int>) -> [SourceChange] {
        // What # gives without it fails at once, which any test that passes there notices.
        guard sign != .length else { return [] }
        return [SourceChange(range.lowerBound..<tree[operand].range.lowerBound, "", "\(sign.rawValue) is removed")]
    }

    /// Each part of a chain of `..` goes once; a text in quotes is emptied already, which is the same.
    private func joined(_ left: LuaExpression.ID, _ right: LuaExpression.ID) -> [SourceChange] {
        var changes: [SourceChange] = []
        if tree.literal(left) == nil {
            let range = tree[left].range.lowerBound..<tree[right].range.lowerBound
            changes.append(SourceChange(range, "", "\(shown(tree.text(left))) .. is dropped"))
        }
        if case .binary(.concat, _, _, _) = tree[right].kind { return changes }
        if tree.literal(right) == nil {
            let range = tree[left].range.upperBound..<tree[right].range.upperBound
            changes.append(SourceChange(range, "", ".. \(shown(tree.text(right))) is dropped"))
        }
        return changes
    }

    private func shown(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > Self.mostShown || line.count < text.count ? "\(line.prefix(Self.mostShown))…" : line
    }

    private static func counterpart(_ sign: LuaOperator.Binary) -> LuaOperator.Binary? {
        switch sign {
        case .equal: .unequal
        case .unequal: .equal
        case .less: .atMost
        case .atMost: .less
        case .greater: .atLeast
        case .atLeast: .greater
        case .and: .or
        case .or: .and
        case .add: .subtract
        case .subtract: .add
        case .multiply: .divide
        case .divide, .floorDivide, .modulo, .power: .multiply
        case .bitAnd, .bitXor: .bitOr
        case .bitOr: .bitAnd
        case .shiftLeft: .shiftRight
        case .shiftRight: .shiftLeft
        case .concat: nil
        }
    }

    /// Names of modules, and the functions of modules and libraries that are called: without them nothing runs at all.
    private func fixedExpressions() -> Set<LuaExpression.ID> {
        let modules = requiredLocals()
        var fixed: Set<LuaExpression.ID> = []
        for expression in tree.expressions {
            switch expression.kind {
            case .call(let callee, let arguments):
                if case .name("require", .global) = tree[callee].kind { fixed.formUnion(arguments) }
                if isModuleField(callee, modules) { fixed.insert(callee) }
            case _: break
            }
        }
        for index in tree.expressions.indices {
            guard case .field(let object, _) = tree.expressions[index].kind, case .name(_, .global) = tree[object].kind else { continue }
            fixed.insert(LuaExpression.ID(index: index))
        }
        return fixed
    }

    private func isModuleField(_ id: LuaExpression.ID, _ modules: Set<LuaLocal.ID>) -> Bool {
        guard case .field(let object, _) = tree[id].kind, case .name(_, .local(let local)) = tree[object].kind else { return false }
        return modules.contains(local)
    }

    private func requiredLocals() -> Set<LuaLocal.ID> {
        var found: Set<LuaLocal.ID> = []
        for statement in tree.statements {
            guard case .local(let names, let values) = statement.kind else { continue }
            for (name, value) in zip(names, values) {
                guard case .call(let callee, _) = tree[value].kind, case .name("require", .global) = tree[callee].kind else { continue }
                found.insert(name)
            }
        }
        return found
    }
}
