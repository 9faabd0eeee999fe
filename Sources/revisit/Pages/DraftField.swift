internal import Feeds

/// A column that a draft reads, and the record it is in.
struct DraftField {
    let column: SniffedColumn
    /// Which of the feed's kinds of record.
    let kind: Int

    /// The names that lead to it, each with whether it is a list.
    func steps(_ format: FeedFormat.Kind) -> [(name: String, isList: Bool)] {
        column.name.split(separator: format == .xml ? "/" : ".").map { step in
            var name = String(step)
            var isList = false
            while name.hasSuffix("[]") {
                name.removeLast(2)
                isList = true
            }
            return (name, isList)
        }
    }

    func isInList(_ format: FeedFormat.Kind) -> Bool { format.isTree && column.name.contains("[]") }
}
