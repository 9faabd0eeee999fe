/// Gathers records into groups: the reading that yields.
final class GroupReader {
    private(set) var summary = FeedSummary()

    private let records: any RecordReader
    private let input: RawInput
    private let limits: FeedLimits
    private let queue: GroupQueue
    private let grouping: Grouping
    /// The repair order that the next row may belong to, when rows of one kind begin them.
    private var current: FeedGroup?
    /// The file's length at the first reading, if there was one.
    private let fileBytes: Int?
    private var row = 0
    private var isAtEnd = false
    private var delivered: FeedGroup?

    /// How rows come together.
    enum Grouping {
        /// Each is a group of its own.
        case alone
        /// Those with one key; the set has each group's last row, by row number.
        case byKey(RowSet)
        /// Those from one that begins a repair order up to the next.
        case byBeginning
    }

    init(records: any RecordReader, input: RawInput, limits: FeedLimits, grouping: Grouping, fileBytes: Int?) {
        self.records = records
        self.input = input
        self.limits = limits
        self.grouping = grouping
        self.fileBytes = fileBytes
        queue = GroupQueue(encoding: records.encoding)
    }

    func next() throws -> FeedRecord? {
        takeBack()
        while true {
            if let group = queue.popComplete() {
                summary.groups += 1
                delivered = group
                return .group(group)
            }
            if isAtEnd { return nil }
            if let row = try readRow() {
                summary.quarantined += 1
                return .quarantined(row)
            }
        }
    }

    /// Reuses the group handed out last, unless somebody kept it.
    private func takeBack() {
        if delivered != nil, isKnownUniquelyReferenced(&delivered), let group = delivered { queue.recycle(group) }
        delivered = nil
    }

    /// Reads one row into its group, or returns it if it has to be quarantined.
    private func readRow() throws -> QuarantinedRow? {
        let seen = try records.next()
        records.countPassed(in: &summary)
        var code: QuarantineCode?
        switch seen {
        case .end:
            try finish()
            return nil
        case .bad(let bad):
            code = bad
            if case .byBeginning = grouping, records.beginning != .continues { complete() }
        case .data:
            switch grouping {
            case .alone: code = addAlone()
            case .byKey(let lastRows): code = try addToGroup(lastRows)
            case .byBeginning: code = addToCurrent()
            }
        }
        row += 1
        summary.rows += 1
        guard let code else {
            records.count(in: &summary)
            return nil
        }
        return QuarantinedRow(
            code: code, reason: records.reason(code), place: records.place, rawBytes: records.rawBytes,
            isTruncated: records.isTruncated)
    }

    private func addAlone() -> QuarantineCode? {
        let group = queue.begin(key: UnsafeBufferPointer(start: nil, count: 0))
        append(to: group)
        group.isComplete = true
        return nil
    }

    private func addToGroup(_ lastRows: RowSet) throws -> QuarantineCode? {
        guard row < lastRows.count else { throw FeedError.changedWhileReading }
        return try records.withKey { key in
            guard let key else { return .noGroupKey }
            let tag = LastRowTable.tag(of: key)
            let group = queue.group(for: key, tag: tag)
            let isFull = isFull(group)
            if !isFull { append(to: group) }
            if lastRows.contains(row) { queue.complete(tag: tag) }
            if queue.heldBytes > limits.pendingBytes { throw FeedError.groupsTooFarApart(limit: limits.pendingBytes) }
            return isFull ? .groupTooLarge : nil
        }
    }

    private func addToCurrent() -> QuarantineCode? {
        if records.beginning == .begins {
            complete()
            current = queue.begin(key: UnsafeBufferPointer(start: nil, count: 0))
        }
        guard let current else { return .noBeginning }
        if isFull(current) { return .groupTooLarge }
        append(to: current)
        return nil
    }

    private func complete() {
        current?.isComplete = true
        current = nil
    }

    private func isFull(_ group: FeedGroup) -> Bool {
        group.count > 0 && (group.count >= limits.groupRows || group.heldBytes + records.textCount > limits.groupBytes)
    }

    private func append(to group: FeedGroup) {
        let before = group.heldBytes
        records.append(to: group)
        queue.hold(group.heldBytes - before)
    }

    private func finish() throws {
        isAtEnd = true
        summary.bytes = input.bytes
        complete()
        if case .byKey(let lastRows) = grouping, row != lastRows.count { throw FeedError.changedWhileReading }
        if let fileBytes, fileBytes != input.bytes { throw FeedError.changedWhileReading }
    }
}
