/// The columns of a feed.
public struct FeedHeader: Sendable, Equatable {
    /// Unique names in order: trimmed; a second `Name` is `Name#2`, a blank one `column 7`.
    public let columns: [String]
    /// The physical line the header starts on, or nil when the format names the columns.
    public let line: Int?
    /// The header as it stands in the file, in the file's encoding, without its line end; empty when there is none.
    /// With it before them, quarantined rows can be read again.
    public let rawBytes: [UInt8]

    private let indices: [String: Int]

    init(cells: [String], line: Int?, rawBytes: [UInt8]) {
        var columns: [String] = []
        var indices: [String: Int] = [:]
        let given = Set(cells.map(Self.trimmed))
        for (position, cell) in cells.enumerated() {
            let name = Self.trimmed(cell)
            var unique = name.isEmpty ? "column \(position + 1)" : name
            var count = 2
            while indices[unique] != nil || (unique != name && given.contains(unique)) {
                unique = "\(name.isEmpty ? "column \(position + 1)" : name)#\(count)"
                count += 1
            }
            indices[unique] = position
            columns.append(unique)
        }
        self.columns = columns
        self.indices = indices
        self.line = line
        self.rawBytes = rawBytes
    }

    /// Returns the position of a column, counted from 0, or nil when there is no such column.
    public func index(of column: String) -> Int? {
        indices[column]
    }

    /// Returns the text without spaces and control characters around it.
    static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.value <= 0x20 || scalar.value == 0xA0 }
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }
}
