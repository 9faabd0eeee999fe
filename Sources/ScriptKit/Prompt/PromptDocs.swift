internal import Lua
internal import Scripting

/// What `.doc` knows: fields and hooks from the catalogue, functions from the modules' own comments.
struct PromptDocs {
    private let modules: [ModuleDocs]

    init(sources: [ScriptSource]) {
        modules = sources.map { ModuleDocs(of: $0) }.filter { !$0.entries.isEmpty || !$0.doc.isEmpty }
    }

    /// Everything that it can tell of, sorted.
    var names: [String] {
        let fields = HookCatalogue.inputs.flatMap { shape in [shape.name] + shape.fields.map { "\(shape.name).\($0.name)" } }
        let hooks = HookCatalogue.hooks.map { "\($0.file).\($0.key)" }
        return (fields + hooks + modules.map(\.module) + modules.flatMap { $0.entries.map(\.name) }).sorted()
    }

    func answer(_ name: String) -> ReplSession.Answer {
        guard !name.isEmpty else { return .failed("expected a name, as .doc touch.items, .doc say.fill or .doc message.sms") }
        let found = texts(name)
        if !found.isEmpty { return .done(found.joined(separator: "\n")) }
        return .failed("nothing is called \(name)\(Suggestion.hint(for: name, among: names))")
    }

    private func texts(_ name: String) -> [String] {
        var texts: [String] = []
        if let shape = HookCatalogue.shape(name) { texts.append(Self.describe(shape)) }
        if let field = field(name) { texts.append("\(name): \(field.type.words)\(field.isOptional ? ", or nil" : "")\n  \(field.doc)") }
        for hook in HookCatalogue.hooks where "\(hook.file).\(hook.key)" == name {
            texts.append("\(hook.file).lua: \(hook.key)(\(hook.parameters.map(\.name).joined(separator: ", "))) returns \(hook.returns.words)\n  \(hook.doc)")
        }
        for module in modules {
            if module.module == name { texts.append("\(name): \(module.doc)\n" + module.entries.map { "  \($0.signature)" }.joined(separator: "\n")) }
            for entry in module.entries where entry.name == name { texts.append("\(entry.signature)\n  \(entry.doc)") }
        }
        return texts
    }

    /// "touch.item.condition" walks from record to record; "item.name" begins at one.
    private func field(_ path: String) -> RecordShape.Field? {
        let parts = path.split(separator: ".").map(String.init)
        guard parts.count > 1, var shape = HookCatalogue.shape(parts[0]) else { return nil }
        for (place, part) in parts.dropFirst().enumerated() {
            guard let field = shape[part] else { return nil }
            if place == parts.count - 2 { return field }
            switch field.type {
            case .record(let next), .list(.record(let next)):
                guard let deeper = HookCatalogue.shape(next) else { return nil }
                shape = deeper
            default: return nil
            }
        }
        return nil
    }

    private static func describe(_ shape: RecordShape) -> String {
        let width = shape.fields.map(\.name.count).max() ?? 0
        return "\(shape.name): \(shape.doc)\n"
            + shape.fields.map { "  \($0.name.padding(to: width))  \($0.isOptional ? "may be nil. " : "")\($0.doc)" }.joined(separator: "\n")
    }
}
