/// Why a file can't be read as its format says: the whole file is refused.
///
/// Each case reads as one sentence with what was found, where, and what to change.
public enum FeedError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file has no bytes, or nothing but blank lines.
    case empty
    /// The bytes are not text of any kind, or not in the pinned encoding.
    case notText(found: String, advice: String)
    /// No row can be the header.
    case noHeader(reason: String)
    /// The header lacks a column that the format names in `setting` (`group_by` or `order`).
    case missingColumn(name: String, setting: String, header: [String], hint: String)
    /// The header is not the one that `feed.columns` pins: these are gone, and these are in their place.
    case headerChanged(gone: [String], new: [String], hint: String)
    /// The file's length is no whole number of records.
    case brokenRecord(bytes: Int, recordBytes: Int)
    /// Lines contradict the places, or the length of records, that the format pins.
    case wrongLayout(found: String, advice: String)
    /// No record lies where the format says; `found` is what there is.
    case noRecords(path: String, found: String)
    /// The document ends before it is closed: part of it is missing.
    case cutShort(line: Int)
    /// The file is of another family than the format says.
    case notWhatItSays(expected: String, found: String, line: Int)
    /// A grouped feed is read twice, and this source can be read only once.
    case cannotRewind
    /// The second reading did not see what the first saw.
    case changedWhileReading
    /// The rows of one repair order lie so far apart that more than `limit` bytes had to be held back.
    case groupsTooFarApart(limit: Int)
    /// The records that repair orders are joined with have more than `limit` bytes.
    case tooMuchToJoin(limit: Int)
    /// More rows than line and row numbers can count.
    case tooManyRows(limit: Int)
    /// The system could not open or read the file.
    case unreadable(path: String, reason: String)

    public var description: String {
        switch self {
        case .empty:
            "the file is empty: it has no header and no rows"
        case .notText(let found, let advice):
            "the file \(found); \(advice)"
        case .noHeader(let reason):
            "no header row: \(reason)"
        case .missingColumn(let name, let setting, let header, let hint):
            "feed.\(setting) names column '\(name)', which the header does not have\(hint); "
                + "it has \(Self.list(header))"
        case .headerChanged(let gone, let new, let hint):
            "the header has changed: \(Self.list(gone)) \(gone.count == 1 ? "is" : "are") gone"
                + (new.isEmpty ? "" : "; \(Self.list(new)) \(new.count == 1 ? "is" : "are") new")
                + "\(hint); mend feed.columns and the mapping, or have the old export sent"
        case .brokenRecord(let bytes, let recordBytes):
            "the file has \(bytes) bytes, which is no whole number of records of \(recordBytes) bytes; either part of it is missing, "
                + "or feed.record_bytes is not its records' length"
        case .wrongLayout(let found, let advice):
            "\(found); \(advice)"
        case .noRecords(let path, let found):
            path.isEmpty ? "the file has no records: it has \(found)" : "no record lies at feed.path '\(path)'; the file has \(found)"
        case .cutShort(let line):
            "the document ends on line \(line) before it is closed, so part of it is missing; have it sent again"
        case .notWhatItSays(let expected, let found, let line):
            "expected \(expected), but line \(line) \(found); does feed.format name the right family?"
        case .cannotRewind:
            "a feed with group_by is read twice, so it has to be a regular file and not a pipe"
        case .changedWhileReading:
            "the file changed while it was read; wait until it is written whole and read it again"
        case .groupsTooFarApart(let limit):
            "the rows of one repair order lie so far apart that more than \(limit) bytes would have to be held back; "
                + "sort the export by repair order"
        case .tooMuchToJoin(let limit):
            "the records that feed.join names have more than \(limit) bytes of text, which all have to be held; split the export"
        case .tooManyRows(let limit):
            "the file has more than \(limit) rows; split the export"
        case .unreadable(let path, let reason):
            "cannot read \(path): \(reason)"
        }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(30).map { "'\($0)'" }.joined(separator: ", ")
        return names.count > 30 ? "\(shown) and \(names.count - 30) more" : shown
    }
}
