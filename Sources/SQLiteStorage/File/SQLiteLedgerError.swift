/// Why the ledger's file could not be opened, read or written: what, where, and what to do next.
public enum SQLiteLedgerError: Error, Equatable, CustomStringConvertible {
    /// The file or its folder is missing, is a folder, or may not be written.
    case cannotWrite(path: String)
    /// The file is there and is no SQLite database.
    case notADatabase(path: String)
    /// The file is a SQLite database of something else.
    case notALedger(path: String)
    /// A newer Revisit has written the file.
    case newerSchema(path: String, found: Int, known: Int)
    /// The database is damaged; `detail` is SQLite's message.
    case damaged(path: String, detail: String)
    /// The disk has no room left.
    case diskFull(path: String)
    /// The disk failed in reading, writing or syncing. Whether the change was kept is unknown until the ledger is opened again.
    case diskFailed(path: String, detail: String)
    /// The file or its log was deleted or replaced while it was open.
    case replaced(path: String)
    /// The file beside the ledger in which it is noted what went out can't be used.
    case journalUnusable(path: String, detail: String)
    /// Another process kept the database locked.
    case busy(path: String)
    /// A setting that durability hangs on did not take.
    case settingRefused(path: String, setting: String, expected: String, found: String)
    /// Anything else that SQLite refused; `detail` is its message, without bound values.
    case failed(path: String, detail: String)

    public var description: String {
        switch self {
        case .cannotWrite(let path):
            "\(path): no ledger can be written here; give the path of a file in a folder that exists and that you may write to"
        case .notADatabase(let path):
            "\(path): the file is not a database; give the path of a Revisit ledger, or of a file that doesn't exist yet"
        case .notALedger(let path):
            "\(path): the file is a SQLite database, but not a Revisit ledger; give another path"
        case .newerSchema(let path, let found, let known):
            "\(path): the ledger has schema \(found), and this revisit knows schemas up to \(known); use a newer revisit"
        case .damaged(let path, let detail):
            "\(path): the ledger is damaged (\(detail)); restore it from a backup, nothing is sent until then"
        case .diskFull(let path):
            "\(path): the disk is full; nothing of this change was kept, make room and run it again"
        case .diskFailed(let path, let detail):
            "\(path): the disk failed (\(detail)); nothing was sent on this change, check the disk and start again"
        case .replaced(let path):
            "\(path): the ledger was deleted or replaced while it was open; put the files back, or stop and start again with the ones that are there"
        case .journalUnusable(let path, let detail):
            "\(path): what goes out is noted here, and the file can't be used (\(detail)); mend it, or move it away: it matters only after the ledger was restored from a copy"
        case .busy(let path):
            "\(path): another process holds the ledger; wait for it to end and run this again"
        case .settingRefused(let path, let setting, let expected, let found):
            "\(path): expected the database setting \(setting) to be \(expected), got: \(found); use a local disk"
        case .failed(let path, let detail):
            "\(path): the ledger refused the change (\(detail)); nothing of it was kept"
        }
    }
}
