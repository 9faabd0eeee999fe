internal import FollowUp

/// What a replay came to, in words.
struct ReplaySummary {
    let name: String
    let waited: Int
    let outcome: ReplayOutcome

    func show() {
        var words = "\(name): of \(Columns.count(waited, "row")) put aside, \(outcome.rowsTakenIn) taken in"
        if outcome.rowsSkipped > 0 { words += ", \(outcome.rowsSkipped) skipped" }
        if outcome.rowsTakenElsewhere > 0 { words += ", \(outcome.rowsTakenElsewhere) taken in by another replay" }
        words += ", \(outcome.rowsWaiting) still put aside"
        Console.note(words)
        if outcome.rowsTakenIn > 0 { Console.note("  repair orders: \(FileImport.words(outcome.changes))") }
        if outcome.rowsNeedingFile > 0 {
            let rows = Columns.count(outcome.rowsNeedingFile, "row")
            Console.note("  \(rows) of repair orders whose other rows are not among them: import \(name) again to put them together")
        }
        if outcome.rowsWaiting > outcome.rowsNeedingFile {
            Console.note("  revisit quarantine lists them; mend mapping.lua and run revisit replay again")
        }
    }
}
