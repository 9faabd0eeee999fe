internal import Scripting

/// What values are, where that is certain: it begins at the parameters of hooks and follows fields, locals that are set
/// once, lists, and calls of the file's own functions.
struct ValueKinds {
    struct Kind: Equatable {
        let type: FieldType
        var isOptional = false
    }

    private enum Definition {
        case value(LuaExpression.ID)
        case element(of: LuaExpression.ID)
    }

    /// Functions that call functions that call functions.
    private static let mostRounds = 4
    /// A longer path is not followed.
    private static let mostPathBytes = 200
    /// The first of them is the touch's `item`.
    private static let itemList = ".items"

    private let tree: LuaTree
    private let isChannelFile: Bool
    private var definitions: [LuaLocal.ID: Definition] = [:]
    private var parameters: [LuaLocal.ID: FieldType] = [:]
    private var kinds: [Kind?] = []
    private var paths: [String?] = []

    init(tree: LuaTree, exports: HookExports) {
        self.tree = tree
        isChannelFile = exports.stem == "channel"
        for statement in tree.statements { define(statement) }
        let calls = LocalCalls(tree: tree, exports: exports)
        for round in 0..<Self.mostRounds {
            follow()
            let found = calls.parameterTypes { kinds[$0.index]?.type }
            if round > 0, found == parameters { break }
            parameters = found
        }
    }

    subscript(id: LuaExpression.ID) -> Kind? { kinds[id.index] }

    /// A key that two expressions share when they read the same field of the same variable: "#3.item.condition".
    func path(_ id: LuaExpression.ID) -> String? { paths[id.index] }

    /// The shape of a record.
    func shape(_ id: LuaExpression.ID) -> RecordShape? {
        guard case .record(let name)? = kinds[id.index]?.type else { return nil }
        return HookCatalogue.shape(name)
    }

    private mutating func define(_ statement: LuaStatement) {
        switch statement.kind {
        case .local(let names, let values):
            for (name, value) in zip(names, values) { definitions[name] = .value(value) }
        case .each(let names, let values, _):
            guard names.count > 1, let call = values.first, case .call(let callee, let arguments) = tree[call].kind,
                case .name("ipairs", .global) = tree[callee].kind, let list = arguments.first
            else { return }
            definitions[names[1]] = .element(of: list)
        case _: return
        }
    }

    /// Parts come before the whole and a local's value before its uses, so that one pass is enough.
    private mutating func follow() {
        kinds = []
        paths = []
        for expression in tree.expressions {
            kinds.append(kind(of: expression.kind))
            paths.append(path(of: expression.kind))
        }
    }

    private func kind(of expression: LuaExpression.Kind) -> Kind? {
        switch expression {
        case .name(_, .local(let local)): kind(of: local)
        case .field(let object, let name): field(name.text, of: object)
        case .index(let object, let key):
            if let text = tree.literal(key) { field(text.string, of: object) } else { element(of: object) }
        case .parens(let inside): kinds[inside.index]
        case .nil, .true, .false, .vararg, .number, .string, .function, .name, .call, .method, .table, .unary, .binary: nil
        }
    }

    private func kind(of local: LuaLocal.ID) -> Kind? {
        guard tree[local].writeCount == 0 else { return nil }
        if let type = parameters[local] { return Kind(type: type) }
        switch definitions[local] {
        case .value(let value): return kinds[value.index]
        case .element(let list): return element(of: list)
        case nil: return nil
        }
    }

    private func field(_ name: String, of object: LuaExpression.ID) -> Kind? {
        guard let field = shape(object)?[name] else { return nil }
        return Kind(type: field.type, isOptional: field.isOptional && !(isChannelFile && name == "allowed"))
    }

    /// Whether a list has an element at that place is not followed.
    private func element(of list: LuaExpression.ID) -> Kind? {
        guard case .list(let element)? = kinds[list.index]?.type else { return nil }
        return Kind(type: element)
    }

    private func path(of expression: LuaExpression.Kind) -> String? {
        switch expression {
        case .name(_, .local(let local)):
            if tree[local].writeCount == 0, case .value(let value)? = definitions[local], let path = paths[value.index] { return path }
            return "#\(local.index)"
        case .field(let object, let name): return path(object, name.text)
        case .index(let object, let key):
            if case .number = tree[key].kind, tree.text(key) == "1", let list = paths[object.index], list.hasSuffix(Self.itemList) {
                return String(list.dropLast())
            }
            return tree.literal(key).flatMap { path(object, $0.string) }
        case .parens(let inside): return paths[inside.index]
        case .nil, .true, .false, .vararg, .number, .string, .function, .name, .call, .method, .table, .unary, .binary: return nil
        }
    }

    private func path(_ object: LuaExpression.ID, _ field: String) -> String? {
        guard let path = paths[object.index], path.utf8.count + field.utf8.count < Self.mostPathBytes else { return nil }
        return "\(path).\(field)"
    }
}
