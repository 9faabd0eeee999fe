/// What a reader saw in a file; complete once ``FeedReader/next()`` has returned nil.
public struct FeedSummary: Sendable, Equatable {
    /// Rows of data, whether delivered or quarantined; not the header, and not blank rows, repeated headers or skipped ones.
    public internal(set) var rows = 0
    public internal(set) var groups = 0
    public internal(set) var quarantined = 0
    /// Rows with no text in any cell, and lines of only NULs or Ctrl-Z.
    public internal(set) var blankRows = 0
    /// Later rows equal to the header, dropped.
    public internal(set) var repeatedHeaders = 0
    /// Rows that a picture of `skip` fits, dropped.
    public internal(set) var skippedRows = 0
    /// Rows with fewer cells than the header; the missing ones read as "".
    public internal(set) var shortRows = 0
    /// Rows with text in cells past the header's last column, or past the last place of a fixed layout.
    public internal(set) var rowsWithExtraCells = 0
    /// Rows that were read in the fallback encoding.
    public internal(set) var fallbackRows = 0
    /// Length of the file in bytes.
    public internal(set) var bytes = 0
}
