internal import Feeds
internal import Lua
internal import Scripting

/// One of the threads that map an export, with a machine of its own. No call sees another, so any thread may map any group.
actor MappingThread {
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private var mapper: Mapper?
    private var format = FeedFormat()
    private var kinds: [FeedColumns] = []
    private let tree = RecordTree()
    /// The records of a call that is watched; nil when none is.
    private var watched: [WatchedRecord]?

    private enum WatchedRecord {
        case row(FeedRow, FeedColumns, ValueEncoder.Part)
        case tree(RecordTree, RecordPlace, names: [Int: ValueEncoder.Part])
    }

    /// Loads the mapping on the thread, where its machine is to stay.
    init(bundle: ScriptBundle) async throws {
        mapper = nil
        mapper = try Mapper(bundle: bundle)
    }

    /// The `feed` table as the mapping declares it.
    var feed: Value { loaded.feed }

    /// Declares what the opened feed has.
    func declare(_ kinds: [FeedColumns], _ format: FeedFormat) throws {
        try loaded.declare(kinds.map { .init(name: $0.name, columns: $0.header.columns) }, joins: format.joins.map(\.name))
        self.format = format
        self.kinds = kinds
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
        case .repairOrder(let order): return .repairOrder(order, place: place(of: group))
        case .skipped(let reason): return .skipped(reason: reason, place: place(of: group))
        case .quarantined(let failure):
            return .quarantined(ExportMapping.PutAside(code: failure.code.rawValue, reason: failure.reason, scriptLine: failure.scriptLine, group))
        }
    }

    private func place(of group: FeedGroup) -> RecordPlace {
        var place = group[0].place
        place.lineTo = group[group.count - 1].place.lineTo
        return place
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
            let records = encoder.begin()
            for place in 0..<group.count {
                try group[place].withText { (text) throws(RecordTree.Malformed) in try tree.parse(text, as: format.kind) }
                var names: [Int: ValueEncoder.Part] = [:]
                encoder.add(encoder.tree(tree) { if watched != nil { names[$0] = $1 } })
                guard watched != nil else { continue }
                let kept = RecordTree()
                try group[place].withText { (text) throws(RecordTree.Malformed) in try kept.parse(text, as: format.kind) }
                watched?.append(.tree(kept, group[place].place, names: names))
            }
            return (encoder.endList(records), .none)
        }
    }
}
