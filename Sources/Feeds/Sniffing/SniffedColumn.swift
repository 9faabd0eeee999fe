/// A column of an export, or a path into its trees, and what stands in it.
public struct SniffedColumn: Sendable, Equatable {
    /// As a mapping names it. A list on the way is marked: `jobs[].operations[].opcode`, `Job[]/OperationID`.
    public let name: String
    /// How many of the records that could have a value do.
    public let filled: Int
    public let of: Int
    /// Different values; `hasMoreDistinct` when counting stopped there.
    public let distinct: Int
    public let hasMoreDistinct: Bool
    /// The first different values, shortened, with control characters escaped.
    public let samples: [String]
    public let look: ColumnLook?
    public internal(set) var role: ColumnRole?
    /// What stands between groups in its cells, and between values in a group.
    public let outerMark: Character?
    public let innerMark: Character?
    /// Values that say that work was declined.
    public let declinedWords: [String]
    /// The values, when they are few, in the order of their first appearance; empty for free text.
    public let choices: [String]
    /// True when the values are JSON numbers rather than text.
    public let isNumber: Bool
    /// True when some value was met twice.
    public let hasDuplicates: Bool
    /// True when a value is often the same as in the record above.
    public let repeats: Bool
    public internal(set) var warnings: [String]
}
