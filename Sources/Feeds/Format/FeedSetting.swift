/// A value of the `feed` table as a mapping declares it, before it is checked.
public enum FeedSetting: Sendable, Equatable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case list([FeedSetting])
    case table([String: FeedSetting])

    /// The value as an error shows it: `'utf8x'`, `42`, `true`, `a list`, `a table`.
    var shown: String {
        switch self {
        case .text(let text): "'\(text)'"
        case .number(let number): Int(exactly: number).map { String($0) } ?? String(number)
        case .flag(let flag): String(flag)
        case .list: "a list"
        case .table: "a table"
        }
    }
}
