/// Looks at the beginning of an export of unknown kind and tells what it seems to be, with reasons.
///
/// It is where a mapping starts, and never how a file is read: an import takes what the mapping pins. Any bytes have an answer
/// or an error in words, and the time it takes does not grow with the file.
///
/// ```swift
/// let found = try FeedSniffer().sniff(FileByteSource(path: path), fileBytes: size)
/// ```
public struct FeedSniffer: Sendable {
    /// How much of a file is looked at.
    public var mostBytes = 4 << 20

    public init() {}

    /// - Parameter fileBytes: how long the file is, when that is known.
    /// - Throws: ``FeedError`` when the source can't be read, is empty, or is no text.
    public func sniff(_ source: any ByteSource, fileBytes: Int? = nil) throws -> SniffedFeed {
        let bytes = try read(source)
        if bytes.isEmpty { throw FeedError.empty }
        let isCut = bytes.count >= mostBytes && fileBytes != bytes.count
        let encoding = try EncodingGuess(bytes)
        var feed = SniffedFeed(encoding: encoding.encoding, sniffedBytes: bytes.count, fileBytes: fileBytes ?? (isCut ? nil : bytes.count))
        feed.note("encoding", encoding.value, encoding.confidence, because: encoding.reason)
        let text = encoding.text(of: bytes)
        guard text.contains(where: { $0 > 0x20 }) else { throw FeedError.empty }
        let isTree = sniffTree(text, isCut: isCut, into: &feed)
        if !isTree { sniffRows(text, encoding, isCut: isCut, into: &feed) }
        if let fallback = encoding.fallback {
            if isTree { feed.remarks.append("some lines are not UTF-8, and only csv and fixed have a fallback_encoding: ask for one encoding") } else { feed.format.fallbackEncoding = fallback }
        }
        settle(&feed)
        return feed
    }

    private func read(_ source: any ByteSource) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: mostBytes)
        var count = 0
        while count < bytes.count {
            let more = try bytes.withUnsafeMutableBytes { try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...])) }
            if more == 0 { break }
            count += more
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private func sniffTree(_ text: [UInt8], isCut: Bool, into feed: inout SniffedFeed) -> Bool {
        let before = feed
        let isRead: Bool
        switch text.first(where: { $0 > 0x20 }) {
        case UInt8(ascii: "<"): isRead = TreeSniffer.xml(text, isCut: isCut, into: &feed)
        case UInt8(ascii: "{"), UInt8(ascii: "["): isRead = TreeSniffer.json(text, isCut: isCut, into: &feed)
        default: return false
        }
        if !isRead { feed = before }
        return isRead
    }

    private func sniffRows(_ text: [UInt8], _ encoding: EncodingGuess, isCut: Bool, into feed: inout SniffedFeed) {
        let lineEnds = text.reduce(0) { $0 + ($1 == 0x0A || $1 == 0x0D ? 1 : 0) }
        let isOneByte: Bool
        switch encoding.encoding {
        case .utf8, .windows1252, .latin1, .cp037, .cp500: isOneByte = true
        case .utf16, .utf16LittleEndian, .utf16BigEndian: isOneByte = false
        }
        if isOneByte, lineEnds * 2_000 < text.count, text.count >= 64, let length = FixedSniffer.recordLength(text, fileBytes: feed.fileBytes) {
            FixedSniffer(records: text, length: length).sniff(into: &feed)
            if let size = feed.fileBytes, size % length != 0 { feed.remarks.append("the file is no whole number of \(length)-byte records: \(size % length) bytes are left over") }
            return
        }
        let lines = lineEnds == 0 || text.contains(0x0A) ? text : text.map { $0 == 0x0D ? 0x0A : $0 }
        let guess = RowGuess(lines)
        if FixedSniffer.fits(lines, beside: guess) {
            FixedSniffer(lines: lines, isCut: isCut).sniff(into: &feed)
        } else if let guess, guess.width > 1 || guess.hasKinds {
            RowSniffer(text: lines, isCut: isCut, guess: guess).sniff(into: &feed)
        } else {
            let alone = RowGuess(single: lines)
            RowSniffer(text: lines, isCut: isCut, guess: alone).sniff(into: &feed)
            feed.remarks.append("no delimiter parts the lines, and no blanks stand above one another: each line is one cell")
        }
    }

    // MARK: What follows from the columns

    private func settle(_ feed: inout SniffedFeed) {
        settleClosedOn(&feed)
        settleGroups(&feed)
        for column in feed.columns {
            for warning in column.warnings { feed.remarks.append("\(column.name) \(warning)") }
            if column.filled == 0, column.of > 0, feed.format.kind != .xml { feed.remarks.append("\(column.name) is always blank") }
        }
    }

    /// The only column with days is the day that counts.
    private func settleClosedOn(_ feed: inout SniffedFeed) {
        guard !feed.columns.contains(where: { $0.role == .closedOn }) else { return }
        var found: [(kind: Int, column: Int)] = []
        for (kind, records) in feed.kinds.enumerated() {
            for (place, column) in records.columns.enumerated() where column.role == nil && !column.name.contains("[]") {
                if case .date = column.look { found.append((kind, place)) }
            }
        }
        guard found.count == 1, let only = found.first else { return }
        var columns = feed.kinds[only.kind].columns
        columns[only.column].role = .closedOn
        feed.kinds[only.kind] = SniffedFeed.Kind(name: feed.kinds[only.kind].name, count: feed.kinds[only.kind].count, columns: columns)
    }

    private func settleGroups(_ feed: inout SniffedFeed) {
        guard !feed.format.kind.isTree else { return }
        let numbers = feed.columns.filter { $0.role == .roNumber }
        guard let number = numbers.first else {
            if let repeated = feed.kinds.first?.columns.first(where: { $0.repeats && $0.filled == $0.of && $0.distinct > 2 }) {
                feed.remarks.append("\(repeated.name) is often the same in rows that follow each other: does it name the repair order (group_by)?")
            }
            return
        }
        if feed.kinds.count > 1 {
            if numbers.count == feed.kinds.count {
                feed.format.groupBy = [number.name]
                feed.note("group_by", number.name, .likely, because: "all kinds of record have the same numbers there")
            }
            return
        }
        let isSparse = number.filled * 10 < number.of * 8 && number.filled > 0
        guard number.hasDuplicates || isSparse else { return }
        let revision = feed.columns.first { $0.role == .revision }
        feed.format.groupBy = [number.name] + (revision.map { [$0.name] } ?? [])
        if isSparse { feed.format.fillDown = true }
        feed.format.fold = revision != nil
        feed.note(
            "group_by", feed.format.groupBy.joined(separator: ", "), number.repeats ? .likely : .guessed,
            because: isSparse ? "blank in \(number.of - number.filled) rows, which belong to the one above (fill_down)" : "\(number.distinct) different values in \(number.filled) rows")
    }
}
