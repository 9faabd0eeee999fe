internal import Feeds
internal import FollowUp

/// What a changed mapping alters of one file, record by record.
struct MappingDifference: Sendable {
    /// What became of a record under one mapping.
    enum Outcome: Sendable, Equatable {
        case repairOrder(RepairOrder)
        case skipped(reason: String)
        case quarantined(reason: String)
        /// The other mapping puts the rows together in another way.
        case absent

        init(_ record: ExportMapping.Record) {
            switch record {
            case .repairOrder(let order, _): self = .repairOrder(order)
            case .skipped(let reason, _): self = .skipped(reason: reason)
            case .quarantined(let aside): self = .quarantined(reason: "\(aside.code): \(aside.reason)")
            }
        }

        var words: String {
            switch self {
            case .repairOrder: "a repair order"
            case .skipped(let reason): "skipped (\(reason))"
            case .quarantined(let reason): "put aside (\(reason))"
            case .absent: "no record of its own"
            }
        }
    }

    struct Change: Sendable {
        let path, old, new: String
    }

    let byteOffset: Int
    let line: Int
    let old: Outcome
    let new: Outcome

    /// The fields that differ, when both are repair orders.
    func changes() throws -> [Change] {
        guard case .repairOrder(let old) = old, case .repairOrder(let new) = new else { return [] }
        let before = try CanonicalFields(old).values, after = try CanonicalFields(new).values
        let oldValues = Dictionary(before.map { ($0.path, $0.json) }) { first, _ in first }
        let newValues = Dictionary(after.map { ($0.path, $0.json) }) { first, _ in first }
        return Set(oldValues.keys).union(newValues.keys).sorted().compactMap { path in
            let (old, new) = (oldValues[path] ?? "nothing", newValues[path] ?? "nothing")
            return old == new ? nil : Change(path: path, old: old, new: new)
        }
    }

    var title: String {
        for outcome in [new, old] { if case .repairOrder(let order) = outcome { return "line \(line), RO \(order.roNumber)" } }
        return "line \(line)"
    }
}

/// The differences of a whole file, counted.
struct DifferenceSummary {
    private(set) var records = 0
    private(set) var changed = 0
    /// How many records changed in each field, list places left out.
    private(set) var fields: [String: Int] = [:]
    /// As "put aside before, a repair order now".
    private(set) var moves: [String: Int] = [:]

    mutating func addSame() {
        records += 1
    }

    mutating func add(_ difference: MappingDifference, _ changes: [MappingDifference.Change]) {
        records += 1
        changed += 1
        for path in Set(changes.map { $0.path.replacing(/\[\d+\]/, with: "[]") }) { fields[path, default: 0] += 1 }
        if changes.isEmpty { moves["\(Self.kind(difference.old)) before, \(Self.kind(difference.new)) now", default: 0] += 1 }
    }

    private static func kind(_ outcome: MappingDifference.Outcome) -> String {
        switch outcome {
        case .repairOrder: "a repair order"
        case .skipped: "skipped"
        case .quarantined: "put aside"
        case .absent: "no record of its own"
        }
    }

    var text: String {
        guard changed > 0 else { return "\(Columns.count(records, "record")), none of them changed\n" }
        let lines = moves.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" } + fields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \(Columns.left($0.key, 40)) \($0.value)\n" }
        return "\(changed) of \(Columns.count(records, "record")) changed\n" + lines.joined()
    }
}

/// Puts together what two mappings made of the same records, by where those begin.
struct MappingPairs {
    private typealias Half = (line: Int, outcome: MappingDifference.Outcome)
    private var old: [Int: Half] = [:]
    private var new: [Int: Half] = [:]
    private var settled: [MappingDifference] = []

    mutating func add(old record: ExportMapping.Record) {
        guard let place = record.place else { return }
        let outcome = MappingDifference.Outcome(record)
        if let other = new.removeValue(forKey: place.byteOffset) {
            settled.append(MappingDifference(byteOffset: place.byteOffset, line: place.lineFrom, old: outcome, new: other.outcome))
        } else {
            old[place.byteOffset] = (place.lineFrom, outcome)
        }
    }

    mutating func add(new record: ExportMapping.Record) {
        guard let place = record.place else { return }
        let outcome = MappingDifference.Outcome(record)
        if let other = old.removeValue(forKey: place.byteOffset) {
            settled.append(MappingDifference(byteOffset: place.byteOffset, line: place.lineFrom, old: other.outcome, new: outcome))
        } else {
            new[place.byteOffset] = (place.lineFrom, outcome)
        }
    }

    mutating func takeSettled() -> [MappingDifference] {
        defer { settled.removeAll(keepingCapacity: true) }
        return settled
    }

    /// What only one of the mappings has, in the file's order.
    mutating func takeRest() -> [MappingDifference] {
        let gone = old.map { MappingDifference(byteOffset: $0.key, line: $0.value.line, old: $0.value.outcome, new: .absent) }
        let come = new.map { MappingDifference(byteOffset: $0.key, line: $0.value.line, old: .absent, new: $0.value.outcome) }
        (old, new) = ([:], [:])
        return (gone + come).sorted { $0.byteOffset < $1.byteOffset }
    }
}

/// One difference for machines.
struct DifferenceDocument: Encodable {
    struct Change: Encodable { let path, old, new: String }

    let schema = "revisit.mapping-difference/1"
    let line, byte_offset: Int
    let old, new: String
    let changes: [Change]

    init(_ difference: MappingDifference, _ changes: [MappingDifference.Change]) {
        line = difference.line
        byte_offset = difference.byteOffset
        old = difference.old.words
        new = difference.new.words
        self.changes = changes.map { Change(path: $0.path, old: $0.old, new: $0.new) }
    }
}
