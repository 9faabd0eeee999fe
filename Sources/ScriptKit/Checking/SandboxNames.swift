internal import Lua
public import Scripting

/// What scripts may name: asked of the sandbox itself, so that no list here can be out of date.
public struct SandboxNames {
    private static let inTests = ["describe", "expect", "given", "it", "maps", "property"]

    public let globals: [String]
    let globalsInTests: [String]
    let modules: [String]
    let placeholders: [String]

    public init(bundle: ScriptBundle) throws {
        let machine = try Machine()
        let image = try machine.makeImage(of: Program(sources: bundle.sources, entries: []))
        let text = "local names, libraries = {}, {} for name, value in pairs(_G) do names[#names + 1] = name "
            + "if type(value) == 'table' then libraries[#libraries + 1] = name end end return names, libraries, require('say').placeholders"
        let found = try machine.run(ScriptSource(name: "names", text: text), in: image).value().list ?? []
        let lists = found.map { ($0.list ?? []).compactMap(\.string) }
        guard lists.count == 3 else { (globals, globalsInTests, modules, placeholders) = ([], [], [], []); return }
        globals = lists[0]
        globalsInTests = lists[0] + Self.inTests
        modules = lists[1] + bundle.sources.map { String($0.name.dropLast(".lua".count)) }
        placeholders = lists[2]
    }
}
