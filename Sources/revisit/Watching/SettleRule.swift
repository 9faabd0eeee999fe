internal import FollowUp

/// Tells which files are complete: those whose size and time of writing were the same for a while.
///
/// The while is measured by our clock between looks, so that a clock of a file server that differs does no harm.
struct SettleRule {
    let seconds: Int
    private var seen: [String: (entry: DropFolder.Entry, since: Timestamp)] = [:]

    init(seconds: Int) {
        self.seconds = seconds
    }

    /// Takes a look, and gives the files that are complete.
    mutating func complete(_ entries: [DropFolder.Entry], at now: Timestamp) -> [DropFolder.Entry] {
        var known: [String: (entry: DropFolder.Entry, since: Timestamp)] = [:]
        for entry in entries {
            let before = seen[entry.name]
            known[entry.name] = (entry, before?.entry == entry ? before?.since ?? now : now)
        }
        seen = known
        return entries.filter { entry in known[entry.name].map { now - $0.since >= Int64(seconds) } ?? false }
    }
}
