internal import Feeds

/// More rows of a file are put aside than its limit allows, so nothing of it is taken in.
struct TooManyErrors: Error, CustomStringConvertible {
    let quarantined: Int
    let rows: Int
    let limit: String
    let firstReasons: [String]

    var description: String {
        let head = "\(quarantined) of \(Columns.count(rows, "row")) don't map, more than --max-errors \(limit) allows, so nothing of the file is taken in"
        return head + firstReasons.map { "\n  " + $0 }.joined()
    }

    /// Throws when the limit is passed.
    static func check(_ limit: ErrorLimit, quarantined: Int, _ export: ExportMapping) throws {
        let rows = export.summary.rows
        guard let passed = limit.passed(by: quarantined, of: rows) else { return }
        throw TooManyErrors(quarantined: quarantined, rows: rows, limit: passed, firstReasons: export.firstReasons)
    }
}
