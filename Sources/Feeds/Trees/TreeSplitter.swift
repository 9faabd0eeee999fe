/// Finds one record after another in the text of a JSON or XML file, and nothing else: what is inside is parsed later.
protocol TreeSplitter: AnyObject {
    /// Finds the next record. The first call passes what comes before the records.
    ///
    /// - Throws: ``FeedError/cutShort(line:)`` when the document ends before it is closed.
    func next() throws -> FoundTree

    // The record just found, valid until the next call of next().

    var text: UnsafeBufferPointer<UInt8> { get }
    var place: RecordPlace { get }
    /// The byte that an odd UTF-16 file ends in.
    var oddByte: UInt8 { get }
    /// The beginning of one that was too long to hold.
    var truncated: [UInt8]? { get }
    /// What came before the first record, when there turns out to be none: as "arrays at 'a' and 'b.c'".
    var whatIsThere: String { get }
}

enum FoundTree: Equatable {
    /// A record of the feed's path (nil) or of one of its joins, by place.
    case record(join: Int?)
    case setAside(QuarantineCode)
    case end
}
