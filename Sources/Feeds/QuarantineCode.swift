/// Why a row was put aside before any mapping saw it.
public enum QuarantineCode: String, Sendable, CaseIterable {
    case badEncoding = "bad_encoding"
    case unclosedQuote = "unclosed_quote"
    case strayQuote = "stray_quote"
    case rowTooLong = "row_too_long"
    case tooManyColumns = "too_many_columns"
    case noGroupKey = "no_group_key"
    case groupTooLarge = "group_too_large"
    case badRecord = "bad_record"
    case unknownRecord = "unknown_record"
    case noBeginning = "no_beginning"
    case badNumber = "bad_number"
    case noJoinKey = "no_join_key"

    /// What the code means, in plain words.
    public var explanation: String {
        switch self {
        case .badEncoding: "the row has bytes that are not text in the feed's encoding"
        case .unclosedQuote: "a cell opens with a quote that is not closed"
        case .strayQuote: "a quoted cell has text after its closing quote, so where the cell ends can't be told"
        case .rowTooLong: "the row is longer than any row may be"
        case .tooManyColumns: "the row has more cells than any row may have"
        case .noGroupKey: "the cell that names the row's repair order is blank"
        case .groupTooLarge: "the row's repair order has more rows, or longer ones, than any may have"
        case .badRecord: "the record is not well-formed"
        case .unknownRecord: "the record is of no kind that the feed has"
        case .badNumber: "a packed cell has bytes that are no digits or no sign"
        case .noBeginning: "the record comes before any that begins a repair order"
        case .noJoinKey: "the record that repair orders are joined with has no key"
        }
    }
}
