internal import Feeds
internal import Lua
internal import Scripting

/// One of the threads that map an export, with a machine of its own. No call sees another, so any thread may map any group.
actor MappingThread {
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private var mapper: Mapper?

    /// Loads the mapping on the thread, where its machine is to stay.
    init(bundle: ScriptBundle) async throws {
        mapper = nil
        mapper = try Mapper(bundle: bundle)
    }

    /// The `feed` table as the mapping declares it.
    var feed: Value { loaded.feed }

    func setColumns(_ columns: [String]) throws {
        try loaded.setColumns(columns)
    }

    /// Maps a batch, in order; what the reader put aside passes through.
    func map(_ batch: [ExportMapping.Entry]) -> [ExportMapping.Record] {
        let mapper = loaded
        return batch.map { entry in
            switch entry {
            case .quarantined(let aside): .quarantined(aside)
            case .group(let group): Self.map(group, by: mapper)
            }
        }
    }

    private var loaded: Mapper {
        guard let mapper else { preconditionFailure("a mapping is used before it is loaded") }
        return mapper
    }

    private static func map(_ group: FeedGroup, by mapper: Mapper) -> ExportMapping.Record {
        let mapped = mapper.map { encoder, rowType in
            (0..<group.count).map { place in
                group[place].withCellRanges { ranges, bytes in
                    encoder.row(type: rowType, bytes: bytes, count: ranges.count) {
                        (Int(ranges[$0].offset), Int(ranges[$0].length))
                    }
                }
            }
        }
        switch mapped {
        case .repairOrder(let order): return .repairOrder(order, rows: group.places)
        case .skipped(let reason): return .skipped(reason: reason, rows: group.places)
        case .quarantined(let failure): return .quarantined(ExportMapping.PutAside(failure, group))
        }
    }
}
