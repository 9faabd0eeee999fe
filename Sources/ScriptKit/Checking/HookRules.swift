internal import Scripting

/// What a file gives the host: that it gives something, only hooks that there are, and from them what they promise.
struct HookRules {
    /// Tables in tables that a script returns.
    private static let mostDepth = 8

    let script: CheckedScript
    private var tree: LuaTree { script.tree }
    private var exports: HookExports { script.exports }

    init(script: CheckedScript) {
        self.script = script
    }

    func findings() -> [SourceFinding] {
        if script.stem == "rooftop" { return noReturn() + rooftop() }
        guard !exports.hooks.isEmpty else { return [] }
        return noReturn() + exports.exports.compactMap(unknownHook) + exports.functions.flatMap { results(of: $0.function, $0.hook, $0.export) }
    }

    private func noReturn() -> [SourceFinding] {
        if exports.returned?.isEmpty == false { return [] }
        let returnsSomewhere = tree.statements.contains {
            guard case .return(let values) = $0.kind else { return false }
            return $0.function.index == 0 && !values.isEmpty
        }
        if returnsSomewhere { return [] }
        let start = tree.main.body.statements.last.map { tree[$0].range.lowerBound } ?? 0
        let end = tree.main.body.statements.last.map { tree[$0].range.upperBound } ?? 0
        return [
            script.finding(.noReturn, .error, start..<end, "\(script.file) returns nothing; end it with: return \(moduleName ?? "{ … }")")
        ]
    }

    /// The local table of the file's own level that functions are written onto.
    private var moduleName: String? {
        for id in tree.main.body.statements {
            guard case .function(let target, _) = tree[id].kind, case .field(let object, let name) = tree[target].kind,
                case .name(let module, .local) = tree[object].kind
            else { continue }
            if exports.hook(name.text) != nil { return module }
        }
        return nil
    }

    /// A function that tests want to reach may be returned too, so that a name is wrong only near a hook's, or beside none.
    private func unknownHook(_ export: HookExports.Export) -> SourceFinding? {
        let isFunction = export.function != nil || export.local.map { exports.localFunctions[$0] != nil } == true
        guard isFunction, exports.hook(export.key) == nil else { return nil }
        let names = exports.hooks.map(\.key)
        let near = NearName(export.key, among: names)
        let isSure = near.name.map { name in !exports.exports.contains { $0.key == name } } ?? false
        guard isSure || !exports.exports.contains(where: { exports.hook($0.key) != nil }) else { return nil }
        return script.finding(
            .unknownHook, isSure ? .error : .warning, export.range,
            "\(script.file) has no hook '\(export.key)'\(isSure ? near.hint : "; it has \(names.joined(separator: ", "))")",
            suggestion: isSure ? near.name : nil)
    }

    // MARK: - Results

    private func results(of function: LuaFunction.ID, _ hook: HookShape, _ export: HookExports.Export) -> [SourceFinding] {
        let returns = tree.statements.filter { $0.function == function }.compactMap { statement -> [LuaExpression.ID]? in
            if case .return(let values) = statement.kind { values } else { nil }
        }
        if returns.allSatisfy(\.isEmpty) {
            return [
                script.finding(
                    .noReturn, hook.file == "mapping" ? .error : .warning, export.range,
                    "\(hook.file).\(hook.key) returns nothing; it is to return \(Self.words(hook.returns))")
            ]
        }
        return returns.compactMap(\.first).flatMap { result($0, hook) }
    }

    private func result(_ value: LuaExpression.ID, _ hook: HookShape) -> [SourceFinding] {
        let value = tree.bare(value)
        if case .record(let name) = hook.returns, case .table = tree[value].kind, let shape = HookCatalogue.shape(name) {
            return fields(of: value, shape, depth: 0) + missing(value, shape)
        }
        guard let given = Self.givenKind(tree[value].kind), let wrong = mismatch(given, value, hook.returns) else { return [] }
        return [script.finding(.hookResult, .error, tree[value].range, "\(hook.file).\(hook.key) returns \(wrong)")]
    }

    private static func words(_ type: FieldType) -> String {
        switch type {
        case .record("email"): "a table with subject and text"
        case .record(let name): "a table (\(name))"
        case .text: "a text"
        case .choice: "one of \(type.words)"
        case .integer, .number, .flag, .list, .either: "a \(type.words)"
        }
    }

    private enum Given { case table, text, number, flag, function }

    private static func givenKind(_ kind: LuaExpression.Kind) -> Given? {
        switch kind {
        case .table: .table
        case .string, .binary(.concat, _, _, _): .text
        case .number: .number
        case .true, .false: .flag
        case .function: .function
        case .nil, .vararg, .name, .field, .index, .call, .method, .unary, .binary, .parens: nil
        }
    }

    /// "a text, not a table"; nil when the kind is right.
    private func mismatch(_ given: Given, _ value: LuaExpression.ID, _ type: FieldType) -> String? {
        switch (type, given) {
        case (.choice(let names), .text):
            guard let text = tree.literal(value)?.string, !names.contains(text) else { return nil }
            return "one of \(type.words), not \"\(text)\"\(NearName(text, among: names).hint)"
        case (.text, .text), (.record, .table), (.either, _), (.list, .table): return nil
        case (.text, .number), (.integer, .number), (.number, .number), (.flag, .flag): return nil
        case (_, .table): return "\(Self.words(type)), not a table"
        case (_, .text): return "\(Self.words(type)), not a text"
        case (_, .number): return "\(Self.words(type)), not a number"
        case (_, .flag): return "\(Self.words(type)), not true or false"
        case (_, .function): return "\(Self.words(type)), not a function"
        }
    }

    // MARK: - Tables in plain sight

    private func rooftop() -> [SourceFinding] {
        guard let table = exports.table, let shape = HookCatalogue.shape("rooftop_file") else { return [] }
        return fields(of: table, shape, depth: 0)
    }

    /// Keys that the record doesn't have, and constants of the wrong kind.
    private func fields(of table: LuaExpression.ID, _ shape: RecordShape, depth: Int) -> [SourceFinding] {
        guard depth < Self.mostDepth, case .table(let fields) = tree[table].kind else { return [] }
        return fields.flatMap { field -> [SourceFinding] in
            guard case .named(let name, let value) = field else { return [] }
            if case .nil = tree[value].kind { return [] }
            guard let known = shape[name.text] else {
                let near = NearName(name.text, among: shape.fieldNames)
                return [script.finding(.unknownField, .error, name.range, "\(shape.name) has no field '\(name.text)'\(near.hint)", suggestion: near.name)]
            }
            return self.value(value, known.type, "\(shape.name).\(name.text)", depth: depth)
        }
    }

    private func value(_ value: LuaExpression.ID, _ type: FieldType, _ name: String, depth: Int) -> [SourceFinding] {
        let value = tree.bare(value)
        if case .table(let elements) = tree[value].kind {
            switch type {
            case .record(let record): return HookCatalogue.shape(record).map { fields(of: value, $0, depth: depth + 1) } ?? []
            case .list(let element):
                guard depth < Self.mostDepth else { return [] }
                return elements.flatMap { field -> [SourceFinding] in
                    guard case .element(let inside) = field else { return [] }
                    return self.value(inside, element, name, depth: depth + 1)
                }
            case .text, .integer, .number, .flag, .choice, .either: break
            }
        }
        // Empty text counts as none.
        if tree.literal(value)?.value.isEmpty == true { return [] }
        guard let given = Self.givenKind(tree[value].kind), let wrong = mismatch(given, value, type) else { return [] }
        return [script.finding(.hookResult, .error, tree[value].range, "\(name) is \(wrong)")]
    }

    /// An e-mail needs all its fields; of a repair order that is voided, hardly any are asked for.
    private func missing(_ table: LuaExpression.ID, _ shape: RecordShape) -> [SourceFinding] {
        guard shape.name == "email", case .table(let fields) = tree[table].kind else { return [] }
        var names: Set<String> = []
        for field in fields {
            guard case .named(let name, _) = field else { return [] }
            names.insert(name.text)
        }
        return shape.fields.filter { !$0.isOptional && !names.contains($0.name) }.map {
            script.finding(.hookResult, .error, tree[table].range, "the \(shape.name) has no \($0.name); add: \($0.name) = …")
        }
    }
}
