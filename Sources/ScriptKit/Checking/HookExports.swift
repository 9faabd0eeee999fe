internal import Scripting

/// What a file gives the host: the fields of the table that it returns, written in the `return` or onto a local table.
struct HookExports {
    struct Export {
        let key: String
        /// Where the key is written.
        let range: Range<Int>
        let value: LuaExpression.ID
        /// The function that it holds, when it is written out.
        let function: LuaFunction.ID?
        /// The local function that it names instead.
        let local: LuaLocal.ID?
        /// Written with a colon, so that `self` comes first.
        let isMethod: Bool
    }

    /// "message", of message.lua; nil for a file in a folder, which has no hooks.
    let stem: String?
    /// The hooks that the host asks of this file.
    let hooks: [HookShape]
    /// The file's functions that a local holds for good.
    let localFunctions: [LuaLocal.ID: LuaFunction.ID]
    private(set) var exports: [Export] = []
    /// The values of the file's own `return`, its last statement; nil without one.
    private(set) var returned: [LuaExpression.ID]?
    /// The constructor of the table that is returned, when it is in plain sight.
    private(set) var table: LuaExpression.ID?

    init(file: String, tree: LuaTree) {
        let name = file.hasSuffix(".lua") && !file.contains("/") ? String(file.dropLast(4)) : nil
        stem = name
        hooks = HookCatalogue.hooks.filter { $0.file == name }
        localFunctions = Self.localFunctions(tree)
        guard let last = tree.main.body.statements.last, case .return(let values) = tree[last].kind else { return }
        returned = values
        guard let value = values.first else { return }
        switch tree[tree.bare(value)].kind {
        case .table:
            table = tree.bare(value)
            addFields(of: tree.bare(value), tree)
        case .name(_, .local(let local)):
            guard tree[local].writeCount == 0 else { return }
            addModule(local, tree)
        case _: return
        }
    }

    func hook(_ key: String) -> HookShape? { hooks.first { $0.key == key } }

    /// The hook and its function, where one is in plain sight.
    var functions: [(hook: HookShape, export: Export, function: LuaFunction.ID)] {
        exports.compactMap { export in
            guard let hook = hook(export.key), let function = export.function ?? export.local.flatMap({ localFunctions[$0] }) else { return nil }
            return (hook, export, function)
        }
    }

    /// The function that each local holds for good.
    private static func localFunctions(_ tree: LuaTree) -> [LuaLocal.ID: LuaFunction.ID] {
        var found: [LuaLocal.ID: LuaFunction.ID] = [:]
        for statement in tree.statements {
            let pairs: [(LuaLocal.ID, LuaExpression.ID)] =
                switch statement.kind {
                case .localFunction(let name, let value): [(name, value)]
                case .local(let names, let values): Array(zip(names, values))
                case _: []
                }
            for (name, value) in pairs where tree[name].writeCount == 0 {
                if case .function(let function) = tree[value].kind { found[name] = function }
            }
        }
        return found
    }

    private mutating func addFields(of table: LuaExpression.ID, _ tree: LuaTree) {
        guard case .table(let fields) = tree[table].kind else { return }
        for field in fields {
            switch field {
            case .named(let name, let value): add(name.text, name.range, value, tree)
            case .keyed(let key, let value):
                if let text = tree.literal(key) { add(text.string, tree[key].range, value, tree) }
            case .element: break
            }
        }
    }

    /// `local M = {}`, then `function M.sms(touch)` or `M.sms = function(touch)`, at the file's own level.
    private mutating func addModule(_ module: LuaLocal.ID, _ tree: LuaTree) {
        for id in tree.main.body.statements {
            switch tree[id].kind {
            case .local(let names, let values):
                guard let place = names.firstIndex(of: module), place < values.count, case .table = tree[values[place]].kind else { continue }
                table = values[place]
                addFields(of: values[place], tree)
            case .assignment(let targets, let values):
                for (target, value) in zip(targets, values) {
                    if let name = Self.field(target, of: module, tree) { add(name.text, name.range, value, tree) }
                }
            case .function(let target, let value):
                if let name = Self.field(target, of: module, tree) { add(name.text, name.range, value, tree) }
            case _: continue
            }
        }
    }

    private static func field(_ target: LuaExpression.ID, of module: LuaLocal.ID, _ tree: LuaTree) -> LuaExpression.Name? {
        guard case .field(let object, let name) = tree[target].kind, case .name(_, .local(module)) = tree[object].kind else { return nil }
        return name
    }

    private mutating func add(_ key: String, _ range: Range<Int>, _ value: LuaExpression.ID, _ tree: LuaTree) {
        var function: LuaFunction.ID?, local: LuaLocal.ID?
        switch tree[tree.bare(value)].kind {
        case .function(let id): function = id
        case .name(_, .local(let id)): local = id
        case _: break
        }
        let isMethod = function.map { tree[$0].isMethod } ?? false
        exports.append(Export(key: key, range: range, value: value, function: function, local: local, isMethod: isMethod))
    }
}
