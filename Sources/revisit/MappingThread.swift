internal import Feeds
internal import Lua
internal import Scripting

/// One of the threads that map an export, with a machine of its own. No call sees another, so any thread may map any group.
actor MappingThread {
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private var mapper: Mapper?
    private var format = FeedFormat()
    private let tree = RecordTree()

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
        case .repairOrder(let order):
            let last = group[group.count - 1].place
            return .repairOrder(order, lines: (group[0].place.lineFrom, last.lineTo, group[0].place.byteOffset))
        case .skipped(let reason): return .skipped(reason: reason)
        case .quarantined(let failure):
            return .quarantined(ExportMapping.PutAside(code: failure.code.rawValue, reason: failure.reason, scriptLine: failure.scriptLine, group))
        }
    }

    private func mapRows(_ group: FeedGroup) -> Mapper.Mapped {
        loaded.map { encoder, types in
            let rows = encoder.begin()
            for place in 0..<group.count {
                let row = group[place]
                encoder.add(
                    row.withCellRanges { ranges, bytes in
                        encoder.row(type: types.firstRow + row.kind, bytes: bytes, count: ranges.count) {
                            (Int(ranges[$0].offset), Int(ranges[$0].length))
                        }
                    })
            }
            return (encoder.endList(rows), .none)
        }
    }

    private func mapTrees(_ group: FeedGroup) throws(RecordTree.Malformed) -> Mapper.Mapped {
        try loaded.map { (encoder, types) throws(RecordTree.Malformed) in
            let records = encoder.begin()
            for place in 0..<group.count {
                try group[place].withText { (text) throws(RecordTree.Malformed) in try tree.parse(text, as: format.kind) }
                encoder.add(encoder.tree(tree))
            }
            return (encoder.endList(records), .none)
        }
    }
}
