/// Keeps the repair orders of every rooftop, and takes in export files whole or not at all.
///
/// An import runs `begin`, any number of `stage`, then `publish` or `abandon`. Nothing staged is visible to a reader
/// before `publish`, and a crash in between leaves nothing visible either. Which record of a number stands follows
/// `RepairOrder.supersedes(_:)`, across files as within one. Rows of a rooftop are never seen by another.
public protocol ImportLedger: Sendable {
    /// Begins the import of a file, or tells that the rooftop already has it.
    ///
    /// The file is known by the SHA-256 of its bytes, whatever its name. An import of the same bytes that was begun and
    /// never published is discarded, so that a crashed import can simply be run again. Of a file that is known the header
    /// is kept now if it wasn't before.
    func begin(_ file: ImportedFile, rooftop: String, now: Timestamp) async throws -> ImportStart

    /// Puts a batch of repair orders, in the order read, and of quarantined rows with the import.
    ///
    /// - Throws: `ImportNotStaging` when the import was published, abandoned or begun anew.
    func stage(_ repairOrders: [RepairOrder], _ quarantined: [QuarantineEntry], in id: ImportID) async throws

    /// Makes all that was staged visible at one instant, and tells what it changed.
    ///
    /// - Throws: `ImportNotStaging` as for `stage`. After any error nothing of the import is visible.
    func publish(_ id: ImportID, now: Timestamp) async throws -> ImportOutcome

    /// Throws away all that was staged. An import that was abandoned before stays abandoned.
    ///
    /// - Throws: `ImportNotStaging` when the import was published.
    func abandon(_ id: ImportID) async throws

    /// Gives what a published import changed; nil for one that is not published.
    func outcome(of id: ImportID) async throws -> ImportOutcome?

    /// Gives the rooftop's published imports of which quarantined rows still wait, oldest first.
    func waitingImports(rooftop: String) async throws -> [WaitingImport]

    /// Gives the quarantined rows of a published import that still wait, in the file's order.
    ///
    /// - Parameters:
    ///   - after: Gives only rows kept later than this one; nil starts from the first.
    ///   - limit: The most rows to give.
    func quarantine(of id: ImportID, after: QuarantinedEntry.ID?, limit: Int) async throws -> [QuarantinedEntry]

    /// Takes in what mapping the quarantined rows of an import again came to, in one transaction with marking the rows.
    ///
    /// Only rows that still wait count: a record with a row that another replay has taken in since is left out, so a row
    /// never enters twice. A row of which one part still doesn't map goes on waiting.
    func replay(_ rows: [ReplayedRows], of id: ImportID, now: Timestamp) async throws -> ReplayOutcome

    /// Gives the repair order that stands under a number, a voided one as well; nil when there is none.
    func repairOrder(rooftop: String, roNumber: RepairOrder.Number) async throws -> RepairOrder?

    /// Gives a rooftop's repair orders by number, the voided ones as well.
    ///
    /// - Parameters:
    ///   - after: Gives only numbers that come after this one; nil starts from the first.
    ///   - limit: The most repair orders to give.
    func repairOrders(rooftop: String, after: RepairOrder.Number?, limit: Int) async throws -> [RepairOrder]
}

extension ImportLedger {
    /// Begins the import of a file of which neither stamp nor header is known.
    public func begin(rooftop: String, fileName: String, sha256: String, now: Timestamp) async throws -> ImportStart {
        try await begin(ImportedFile(name: fileName, sha256: sha256), rooftop: rooftop, now: now)
    }
}
