internal import Scripting

/// Fields that a record doesn't have, records and lists where a text is needed, and comparisons that are never true.
struct FieldRules {
    let script: CheckedScript
    private var tree: LuaTree { script.tree }

    init(script: CheckedScript) {
        self.script = script
    }

    func findings() -> [SourceFinding] {
        let targets = assignmentTargets()
        return script.expressions.compactMap { id in
            guard !targets.contains(id), !script.isForgiving(tree[id].function) else { return nil }
            switch tree[id].kind {
            case .field(let object, let name), .method(let object, let name, _): return unknownField(name.text, name.range, of: object)
            case .index(let object, let key):
                return tree.literal(key).flatMap { unknownField($0.string, tree[key].range, of: object) }
            case .binary(.concat, let left, let right, _): return unjoinable(left) ?? unjoinable(right)
            case .binary(let sign, let left, let right, _) where sign.isEquality:
                return impossible(left, sign, right) ?? impossible(right, sign, left)
            case .unary(.length, let record):
                guard let shape = script.kinds.shape(record) else { return nil }
                return script.finding(
                    .wrongKind, .warning, tree[id].range, "\(tree.text(record)) is a record (\(shape.name)); # is for texts and lists\(listHint(shape))")
            case .nil, .true, .false, .vararg, .number, .string, .function, .name, .call, .table, .unary, .binary, .parens: return nil
            }
        }
    }

    /// Records are read-only, which the sandbox tells; what field was meant is not known.
    private func assignmentTargets() -> Set<LuaExpression.ID> {
        var targets: Set<LuaExpression.ID> = []
        for statement in tree.statements {
            if case .assignment(let assigned, _) = statement.kind { targets.formUnion(assigned) }
        }
        return targets
    }

    private func unknownField(_ name: String, _ range: Range<Int>, of object: LuaExpression.ID) -> SourceFinding? {
        if let shape = script.kinds.shape(object) {
            guard shape[name] == nil else { return nil }
            let near = NearName(name, among: shape.fieldNames)
            return script.finding(.unknownField, .error, range, "\(shape.name) has no field '\(name)'\(near.hint)", suggestion: near.name)
        }
        guard case .list(let element)? = script.kinds[object]?.type, element != .record("row") else { return nil }
        let text = tree.text(object)
        return script.finding(.unknownField, .error, range, "\(text) is a list and has no field '\(name)'; use \(text)[1], ipairs or #")
    }

    private func unjoinable(_ operand: LuaExpression.ID) -> SourceFinding? {
        guard let kind = script.kinds[operand] else { return nil }
        let text = tree.text(operand)
        let advice: String
        switch kind.type {
        case .record(let name):
            guard let shape = HookCatalogue.shape(name) else { return nil }
            advice = "is a record (\(name)); join one of its fields\(shape["name"] == nil ? "" : ", as \(text).name")"
        case .list: advice = "is a list; join its elements, as with say.list or table.concat"
        case .flag: advice = "is true or false, which joins no text; write what each of them means"
        case .text, .integer, .number, .choice, .either: return nil
        }
        return script.finding(.wrongKind, .error, tree[operand].range, "\(text) \(advice)")
    }

    private func listHint(_ shape: RecordShape) -> String {
        let lists = shape.fields.filter { if case .list = $0.type { !$0.isOptional } else { false } }
        return lists.first.map { ", as #\(shape.name).\($0.name)" } ?? ""
    }

    // MARK: - Comparisons

    private func impossible(_ value: LuaExpression.ID, _ sign: LuaOperator.Binary, _ other: LuaExpression.ID) -> SourceFinding? {
        guard let kind = script.kinds[value] else { return nil }
        let constant = tree.bare(other), text = tree.text(value)
        let never = sign == .equal ? "never" : "always another than"
        if let literal = tree.literal(constant) {
            return impossible(text, kind.type, never, literal.string, tree[constant].range)
        }
        guard case .number = tree[constant].kind else { return nil }
        switch kind.type {
        case .text, .choice:
            let number = tree.text(constant)
            return script.finding(
                .impossibleComparison, .error, tree[constant].range, "\(text) is a text, and \(never) the number \(number); write \"\(number)\"",
                suggestion: "\"\(number)\"")
        case .integer, .number, .flag, .list, .record, .either: return nil
        }
    }

    private func impossible(_ text: String, _ type: FieldType, _ never: String, _ word: String, _ range: Range<Int>) -> SourceFinding? {
        switch type {
        case .choice(let names):
            guard !names.contains(word) else { return nil }
            let near = NearName(word, among: names)
            return script.finding(
                .impossibleComparison, .error, range, "\(text) is \(never) \"\(word)\"; it is one of \(type.words)\(near.hint)",
                suggestion: near.name.map { "\"\($0)\"" })
        case .integer, .number:
            let number = word.utf8.allSatisfy(LuaLexer.isDigit) && !word.isEmpty ? word : nil
            return script.finding(
                .impossibleComparison, .error, range, "\(text) is a number, and \(never) the text \"\(word)\"\(number.map { "; write \($0)" } ?? "")",
                suggestion: number)
        case .flag:
            let flag = ["true", "false"].contains(word) ? word : nil
            return script.finding(
                .impossibleComparison, .error, range, "\(text) is true or false, and \(never) the text \"\(word)\"\(flag.map { "; write \($0)" } ?? "")",
                suggestion: flag)
        case .text, .list, .record, .either: return nil
        }
    }
}
