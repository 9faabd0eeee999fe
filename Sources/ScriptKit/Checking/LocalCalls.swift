internal import Scripting

/// The calls of hooks and of the file's own functions, as far as all of them are in sight.
struct LocalCalls {
    private struct Callee {
        let parameters: [LuaLocal.ID]
        /// The arguments of each call.
        var calls: [[LuaExpression.ID]] = []
        /// What the host gives, when the function is a hook.
        var hook: HookShape?
    }

    private var callees: [Callee] = []

    init(tree: LuaTree, exports: HookExports) {
        let hooks = exports.functions.filter { !$0.export.isMethod }
        for hook in hooks where hook.export.local == nil {
            callees.append(Callee(parameters: tree[hook.function].parameters, hook: hook.hook))
        }
        let calls = Self.calls(tree)
        for (local, function) in exports.localFunctions {
            let own = hooks.filter { $0.export.local == local }
            let called = calls[local] ?? []
            // Any other use of the function could call it with anything.
            guard tree[local].readCount == called.count + own.count else { continue }
            callees.append(Callee(parameters: tree[function].parameters, calls: called, hook: own.first?.hook))
        }
    }

    /// The parameters of which every call gives the same type.
    func parameterTypes(of type: (LuaExpression.ID) -> FieldType?) -> [LuaLocal.ID: FieldType] {
        var types: [LuaLocal.ID: FieldType] = [:]
        for callee in callees {
            for (place, parameter) in callee.parameters.enumerated() {
                var given: [FieldType?] = callee.calls.map { place < $0.count ? type($0[place]) : nil }
                if let hook = callee.hook { given.append(place < hook.parameters.count ? hook.parameters[place].type : nil) }
                if let first = given.first, let known = first, given.allSatisfy({ $0 == known }) { types[parameter] = known }
            }
        }
        return types
    }

    private static func calls(_ tree: LuaTree) -> [LuaLocal.ID: [[LuaExpression.ID]]] {
        var calls: [LuaLocal.ID: [[LuaExpression.ID]]] = [:]
        for expression in tree.expressions {
            guard case .call(let callee, let arguments) = expression.kind, case .name(_, .local(let local)) = tree[callee].kind else { continue }
            calls[local, default: []].append(arguments)
        }
        return calls
    }
}
