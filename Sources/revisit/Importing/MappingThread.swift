internal import Feeds
internal import Lua
internal import Scripting

/// What a reader knows of a file once it is opened, and all threads that map it need.
struct OpenedFeed: Sendable {
    let format: FeedFormat
    let kinds: [FeedColumns]
    let joined: JoinedRecords?
}

/// One of the threads that map an export, with a machine of its own. No call sees another, so any thread may map any group.
actor MappingThread {
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private var mapper: Mapper?
    private var format = FeedFormat()
    private var kinds: [FeedColumns] = []
    private var joined: JoinedRecords?
    private var joinKeys: [TreePath] = []
    private let tree = RecordTree()
    /// A second one, for what the first is joined with.
    private let joinedTree = RecordTree()
    /// The records of a call that is watched; nil when none is.
    private var watched: [WatchedRecord]?

    private enum WatchedRecord {
        case row(FeedRow, FeedColumns, ValueEncoder.Part)
        case tree(RecordTree, RecordPlace, names: [Int: ValueEncoder.Part])
    }

    /// Loads the mapping on the thread, where its machine is to stay.
    init(bundle: ScriptBundle, isCovering: Bool = false) async throws {
        mapper = nil
        mapper = try Mapper(bundle: bundle, isCovering: isCovering)
    }

    /// The lines of a script that ran.
    func coveredLines(of file: String) -> Set<Int> { loaded.coveredLines(of: file) }

    /// The `feed` table as the mapping declares it.
    var feed: Value { loaded.feed }

    /// Declares what the opened feed has.
    func declare(_ feed: OpenedFeed) throws {
        try loaded.declare(feed.kinds.map { .init(name: $0.name, columns: $0.header.columns) }, joins: feed.format.joins.map(\.name))
        format = feed.format
        joined = feed.joined
        joinKeys = feed.format.joins.map { TreePath($0.with, in: feed.format.kind) }
        kinds = feed.kinds
    }

    /// Maps a batch, in order; what the reader put aside passes through.
    func map(_ batch: [ExportMapping.Entry]) -> [ExportMapping.Record] {
        batch.map { entry in
            switch entry {
            case .quarantined(let aside): .quarantined(aside)
            case .group(let group): map(group)
            }
        }
    }

    /// Maps one entry and tells what of its records the mapping read.
    func watch(_ entry: ExportMapping.Entry) -> ExportMapping.Watched {
        switch entry {
        case .quarantined(let aside): return .init(record: .quarantined(aside), sources: [])
        case .group(let group):
            loaded.markReads()
            watched = []
            let record = map(group)
            let parts = watched ?? []
            watched = nil
            return .init(
                record: record,
                sources: loaded.withInput { encoder in
                    var sources: [SourceRecord] = []
                    for part in parts {
                        switch part {
                        case .row(let row, let columns, let part): sources.append(SourceRecord(row, columns, part: part, in: encoder))
                        case .tree(let tree, let place, let names): sources.append(SourceRecord(tree, place: place, names: names, in: encoder))
                        }
                    }
                    return sources
                })
        }
    }

    /// What the mapping asked for and no record had, since this was asked last.
    func takeMissedNames() -> [String] { loaded.takeMissedNames() }

    private var loaded: Mapper {
        guard let mapper else { preconditionFailure("a mapping is used before it is loaded") }
        return mapper
    }

    private func map(_ group: FeedGroup) -> ExportMapping.Record {
        let mapped: Mapper.Mapped
        do throws(RecordTree.Malformed) {
            mapped = format.kind.isTree ? try mapTrees(group) : mapRows(group)
        } catch {
            return .quarantined(ExportMapping.PutAside(code: QuarantineCode.badRecord.rawValue, reason: "the record \(error)", group))
        }
        switch mapped {
        case .repairOrder(let order): return .repairOrder(order, rows: group.places)
        case .skipped(let reason): return .skipped(reason: reason, rows: group.places)
        case .quarantined(let failure):
            return .quarantined(ExportMapping.PutAside(code: failure.code.rawValue, reason: failure.reason, scriptLine: failure.scriptLine, group))
        }
    }

    private func mapRows(_ group: FeedGroup) -> Mapper.Mapped {
        loaded.map { encoder, types in
            let rows = encoder.begin()
            for place in 0..<group.count {
                let row = group[place]
                let part = row.withCellRanges { ranges, bytes in
                    encoder.row(type: types.firstRow + row.kind, bytes: bytes, count: ranges.count) {
                        (Int(ranges[$0].offset), Int(ranges[$0].length))
                    }
                }
                encoder.add(part)
                watched?.append(.row(row, kinds[row.kind], part))
            }
            return (encoder.endList(rows), .none)
        }
    }

    private func mapTrees(_ group: FeedGroup) throws(RecordTree.Malformed) -> Mapper.Mapped {
        try loaded.map { (encoder, types) throws(RecordTree.Malformed) in
            var others: [ValueEncoder.Part] = []
            let records = encoder.begin()
            for place in 0..<group.count {
                try group[place].withText { (text) throws(RecordTree.Malformed) in try tree.parse(text, as: format.kind) }
                var names: [Int: ValueEncoder.Part] = [:]
                encoder.add(encoder.tree(tree) { if watched != nil { names[$0] = $1 } })
                if place == 0 { others = try joinedRecords(&encoder) }
                guard watched != nil else { continue }
                let kept = RecordTree()
                try group[place].withText { (text) throws(RecordTree.Malformed) in try kept.parse(text, as: format.kind) }
                watched?.append(.tree(kept, group[place].place, names: names))
            }
            return (encoder.endList(records), encoder.record(type: types.joined, others))
        }
    }

    /// What the record in `tree` is joined with, in the order of the joins.
    private func joinedRecords(_ encoder: inout ValueEncoder) throws(RecordTree.Malformed) -> [ValueEncoder.Part] {
        guard let joined else { return [] }
        var parts: [ValueEncoder.Part] = []
        for (join, path) in joinKeys.enumerated() {
            guard let key = tree.text(at: path), let text = joined.text(join: join, key: key) else {
                parts.append(.none)
                continue
            }
            do {
                try text.withUnsafeBytes { try joinedTree.parse($0, as: format.kind) }
            } catch let error as RecordTree.Malformed {
                throw error
            } catch {
                preconditionFailure("only a malformed record is thrown")
            }
            parts.append(encoder.tree(joinedTree))
        }
        return parts
    }
}

extension FeedGroup {
    /// Where its records stand, in order.
    fileprivate var places: [RecordPlace] { (0..<count).map { self[$0].place } }
}
