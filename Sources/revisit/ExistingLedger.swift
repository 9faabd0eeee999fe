internal import Foundation
internal import SQLiteStorage

/// Opens a ledger to read from: a misspelt path is an error, and makes no new file.
enum ExistingLedger {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    static func open(_ path: String) throws -> SQLiteLedger {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Missing(description: "there is no ledger \(path); revisit import makes one, and --database names another")
        }
        return try SQLiteLedger(path: path)
    }
}
