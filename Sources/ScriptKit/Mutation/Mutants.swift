/// All small changes of a rooftop's script that its tests should notice.
public enum Mutants {
    /// Of one file; what comes behind so many is left out.
    public static let most = 2000
    /// Every changed text is read again, and so much of them in all.
    private static let mostBytes = 32 << 20

    /// In the order of the text; every changed text is Lua, and no two are alike. None for a file of tests or for a text
    /// that is no Lua itself.
    public static func of(text: String, file: String) -> [Mutant] {
        of(text: text, file: file, most: min(most, mostBytes / max(1, text.utf8.count)))
    }

    static func of(text: String, file: String, most: Int) -> [Mutant] {
        guard !file.hasSuffix("_test.lua"), let tree = try? LuaParser.tree(of: text) else { return [] }
        let changes = (ExpressionChanges(tree: tree).changes() + BranchChanges(tree: tree).changes())
            .sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
        var seen: Set<[UInt8]> = [tree.source.bytes]
        return changes.prefix(most).compactMap { change in
            let changed = change.applied(to: tree.source.bytes)
            guard seen.insert(changed).inserted, (try? LuaParser.tree(of: LuaSource(bytes: changed))) != nil else { return nil }
            let place = tree.source.place(at: change.range.lowerBound)
            return Mutant(
                file: file, range: change.range, replacement: change.replacement, line: place.line, column: place.column,
                description: change.description)
        }
    }
}
