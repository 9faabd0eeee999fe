/// Changes of what runs: conditions that always or never hold, branches that are empty, functions that return nothing.
struct BranchChanges {
    let tree: LuaTree

    func changes() -> [SourceChange] { tree.statements.flatMap(changes) }

    private func changes(of statement: LuaStatement) -> [SourceChange] {
        switch statement.kind {
        case .if(let branches, let otherwise):
            return branches.flatMap { always($0.condition, "true") + always($0.condition, "false") } + emptied(otherwise)
        // A loop that never ends would only tell that there is a limit.
        case .while(let condition, _): return always(condition, "false")
        case .repeat(_, let condition): return always(condition, "true")
        case .return(let values): return nothing(values, statement.function)
        case .local, .assignment, .call, .block, .count, .each, .function, .localFunction, .break, .goto, .label: return []
        }
    }

    private func always(_ condition: LuaExpression.ID, _ value: String) -> [SourceChange] {
        [SourceChange(tree[condition].range, value, "the condition is always \(value)")]
    }

    private func emptied(_ block: LuaStatement.Block?) -> [SourceChange] {
        guard let block, let first = block.statements.first, let last = block.statements.last else { return [] }
        return [SourceChange(tree[first].range.lowerBound..<tree[last].range.upperBound, "", "the else branch is emptied")]
    }

    /// Without what the file itself returns, nothing of it would be reached.
    private func nothing(_ values: [LuaExpression.ID], _ function: LuaFunction.ID) -> [SourceChange] {
        guard function.index > 0, let first = values.first, let last = values.last else { return [] }
        if values.count == 1, case .nil = tree[first].kind { return [] }
        return [SourceChange(tree[first].range.lowerBound..<tree[last].range.upperBound, "nil", "the return value becomes nil")]
    }
}
