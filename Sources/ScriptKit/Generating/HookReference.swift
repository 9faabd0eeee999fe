public import Scripting

/// What hooks are given and may return, as a page: `docs/reference/hooks.md`.
public struct HookReference {
    public init() {}

    public var text: String {
        var lines = [
            "# Hooks, and what they are given", "",
            "Made from the hook catalogue by `make generate`; don't change it by hand. `.doc touch.item` at the prompt tells the same.", "",
            "| file | hook | is given | may return, besides nil |", "|---|---|---|---|",
        ]
        lines += HookCatalogue.hooks.map { hook in
            "| `\(hook.file).lua` | `\(hook.key)` | \(hook.parameters.map { "`\($0.name)`: \($0.type.words)" }.joined(separator: ", ")) | \(hook.returns.words) |"
        }
        lines.append("")
        lines += HookCatalogue.hooks.flatMap { ["- `\($0.file).\($0.key)`: \($0.doc)"] }
        lines += ["", "Inputs are read-only, and a misspelt field is an error at its line. A row is read by the names of its export's columns."]
        for shape in HookCatalogue.inputs { lines += table(shape) }
        lines += ["", "# What scripts return"]
        for shape in HookCatalogue.outputs { lines += table(shape) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(_ shape: RecordShape) -> [String] {
        ["", "## \(shape.name)", shape.doc, "", "| field | holds | may be nil | |", "|---|---|---|---|"]
            + shape.fields.map { "| `\($0.name)` | \($0.type.words) | \($0.isOptional ? "yes" : "") | \($0.doc) |" }
    }
}
