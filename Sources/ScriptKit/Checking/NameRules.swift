/// Names that mean nothing: globals nobody made, and locals that nobody reads.
struct NameRules {
    /// A text with more is not meant for this host.
    private static let mostUnknown = 50

    let script: CheckedScript
    let knownGlobals: [String]
    let modules: [String]
    private var tree: LuaTree { script.tree }

    init(script: CheckedScript, knownGlobals: [String], modules: [String]) {
        self.script = script
        self.knownGlobals = knownGlobals
        self.modules = modules
    }

    func findings() -> [SourceFinding] {
        (hasOwnEnvironment ? [] : globals()) + unusedLocals()
    }

    /// Globals of a script that changes `_ENV` are fields of whatever it says.
    private var hasOwnEnvironment: Bool {
        tree.locals.contains { $0.name == "_ENV" }
            || tree.expressions.contains { if case .name("_ENV", _) = $0.kind { true } else { false } }
    }

    private func globals() -> [SourceFinding] {
        let known = Set(knownGlobals)
        let written = assignedGlobals()
        var told: Set<String> = []
        var findings = written.filter { !known.contains($0.name) }.map { name, range in
            script.finding(.globalName, .error, range, "this makes '\(name)' a global by accident; write: local \(name)", suggestion: "local \(name)")
        }
        let made = Set(written.map(\.name))
        for expression in tree.expressions {
            guard case .name(let name, .global) = expression.kind, !known.contains(name), !made.contains(name),
                !script.isForgiving(expression.function),
                told.count < Self.mostUnknown, told.insert(name).inserted
            else { continue }
            findings.append(unknown(name, expression.range))
        }
        return findings
    }

    private func unknown(_ name: String, _ range: Range<Int>) -> SourceFinding {
        if modules.contains(name) {
            return script.finding(.globalName, .error, range, "unknown name '\(name)'; write above: local \(name) = require \"\(name)\"")
        }
        let visible = tree.locals.filter { $0.scope.contains(range.lowerBound) }.map(\.name)
        let near = NearName(name, among: visible + knownGlobals)
        return script.finding(.globalName, .error, range, "unknown name '\(name)'\(near.hint)", suggestion: near.name)
    }

    /// The first assignment to each global.
    private func assignedGlobals() -> [(name: String, range: Range<Int>)] {
        var found: [(name: String, range: Range<Int>)] = [], names: Set<String> = []
        for statement in tree.statements {
            let targets: [LuaExpression.ID] =
                switch statement.kind {
                case .assignment(let targets, _): targets
                case .function(let target, _): [target]
                case _: []
                }
            for target in targets {
                guard case .name(let name, .global) = tree[target].kind, found.count < Self.mostUnknown, names.insert(name).inserted else { continue }
                found.append((name, tree[target].range))
            }
        }
        return found
    }

    /// A name of several that take the values of one call may be there to reach the next one, so that it is left alone.
    private func unusedLocals() -> [SourceFinding] {
        tree.statements.flatMap { statement -> [SourceFinding] in
            let locals: [LuaLocal.ID]
            switch statement.kind {
            case .local(let names, let values): locals = names.count == 1 || names.count <= values.count ? names : []
            case .localFunction(let name, _): locals = [name]
            case _: return []
            }
            return locals.map { tree[$0] }.filter { $0.readCount == 0 && $0.attribute != .close && !$0.name.hasPrefix("_") }.map { local in
                let what = local.writeCount > 0 ? "is set but never read" : "is never used"
                return script.finding(.unusedLocal, .warning, local.range, "'\(local.name)' \(what)")
            }
        }
    }
}
