/// Splits text into rows and cells, and nothing else: no header, no groups.
protocol RowSplitting: AnyObject {
    var row: RowCursor { get }

    /// Finds the next row.
    func next() throws -> FoundRow

    /// True when the row just found has no text: only spaces, NULs and Ctrl-Z.
    var isBlank: Bool { get }
}

enum FoundRow: Equatable {
    case row
    case setAside(QuarantineCode)
    case end
}
