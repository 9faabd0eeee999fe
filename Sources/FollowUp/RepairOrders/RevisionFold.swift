/// Folds the records of a file, in the order read, into the repair orders that stand at its end.
///
/// This is what an import leaves in an empty ledger: a newer revision wins whatever its place in the file, and a voided
/// number stays out. Memory grows with the repair orders in the file.
public struct RevisionFold: Sendable {
    private var held: [RepairOrder.Number: RepairOrder] = [:]

    public init() {}

    public mutating func add(_ repairOrder: RepairOrder) {
        if let standing = held[repairOrder.roNumber], !repairOrder.supersedes(standing) { return }
        held[repairOrder.roNumber] = repairOrder
    }

    /// The standing repair orders by number, without the voided ones.
    public var standing: [RepairOrder] {
        held.values.filter { $0.status == .closed }.sorted { $0.roNumber < $1.roNumber }
    }
}
