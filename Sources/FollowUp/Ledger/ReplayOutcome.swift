/// What a replay changed.
public struct ReplayOutcome: Sendable, Equatable {
    /// Why a row waits although it maps: the rest of its repair order is in the file alone.
    public static let needsWholeFile = "needs_whole_file"

    /// The repair orders that entered, counted as an import counts them; `quarantined` counts the rows that still wait.
    public var changes = ImportOutcome()
    /// Rows that became part of a repair order.
    public var rowsTakenIn = 0
    /// Rows that the mapping, or the feed's settings, now leave out.
    public var rowsSkipped = 0
    /// Rows whose repair order can only be put together from the whole file; they still wait.
    public var rowsNeedingFile = 0
    /// Rows that another replay had taken in meanwhile.
    public var rowsTakenElsewhere = 0

    public var rowsWaiting: Int { changes.quarantined }

    public init() {}
}
