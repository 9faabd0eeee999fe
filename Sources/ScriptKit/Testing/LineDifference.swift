/// What changed between two texts, line by line.
public struct LineDifference: Sendable {
    public enum Line: Sendable, Equatable {
        case same(String), removed(String), added(String)
    }

    /// Lines beyond which the two are shown one after the other.
    private static let linesMost = 400

    public let lines: [Line]

    public init(from old: String, to new: String) {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard before.count <= Self.linesMost, after.count <= Self.linesMost else {
            lines = before.map { .removed($0) } + after.map { .added($0) }
            return
        }
        var lines: [Line] = []
        let changes = after.difference(from: before)
        var removed: Set<Int> = [], added: Set<Int> = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var place = 0
        for (number, line) in before.enumerated() {
            if removed.contains(number) {
                lines.append(.removed(line))
                continue
            }
            while added.contains(place) {
                lines.append(.added(after[place]))
                place += 1
            }
            lines.append(.same(line))
            place += 1
        }
        while place < after.count {
            lines.append(.added(after[place]))
            place += 1
        }
        self.lines = lines
    }
}
