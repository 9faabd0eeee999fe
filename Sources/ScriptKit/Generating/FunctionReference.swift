public import Lua
internal import Scripting

/// Every function of the standard library with what it says of itself, as a page: `docs/reference/stdlib-functions.md`.
public struct FunctionReference {
    private let modules: [ModuleDocs]

    /// - Parameter sources: The standard library's files.
    public init(sources: [ScriptSource]) {
        modules = sources.map { ModuleDocs(of: $0) }.filter { !$0.entries.isEmpty }.sorted { $0.module < $1.module }
    }

    public var text: String {
        var lines = [
            "# Every function of the standard library", "",
            "Made from the comments in `stdlib/` by `make generate`; don't change it by hand. [The standard library](stdlib.md) has examples.",
        ]
        for module in modules {
            lines += ["", "## \(module.module)", module.doc, ""]
            lines += module.entries.map { "- `\($0.signature)`: \($0.doc)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
