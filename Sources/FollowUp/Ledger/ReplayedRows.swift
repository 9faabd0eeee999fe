/// What mapping quarantined rows again came to.
public enum ReplayedRows: Sendable, Equatable {
    /// They are a repair order now.
    ///
    /// With `mayLackRows`, other rows of the same repair order may have been taken in when the file was imported; where
    /// the ledger holds the number already, the record then waits for the whole file instead of replacing what is held.
    case repairOrder(RepairOrder, rows: [QuarantinedEntry.ID], mayLackRows: Bool)
    /// They are left out on purpose now, or are no rows of data any more.
    case skipped([QuarantinedEntry.ID])
    /// They still don't map, for this reason.
    case waits([QuarantinedEntry.ID], code: String, reason: String, scriptLine: String?)
}
