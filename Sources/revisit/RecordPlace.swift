internal import Feeds

/// Where a record stands in the file.
struct RecordPlace: Sendable, Equatable {
    /// First and last physical line, counted from 1.
    var lineFrom: Int
    var lineTo: Int
    /// Where it starts, in bytes.
    var byteOffset: Int
}

extension RecordPlace {
    init(_ row: FeedRow) {
        self.init(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset)
    }

    init(_ row: QuarantinedRow) {
        self.init(lineFrom: row.lineFrom, lineTo: row.lineTo, byteOffset: row.byteOffset)
    }
}

extension FeedGroup {
    /// Where its rows stand, in order.
    var places: [RecordPlace] { (0..<count).map { RecordPlace(self[$0]) } }
}
