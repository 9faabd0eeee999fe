internal import FollowUp
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

    /// Throws `Missing` when the ledger has never heard of the rooftop.
    static func check(_ rooftop: String, isIn ledger: SQLiteLedger, _ path: String) async throws {
        let known = try await ledger.rooftops().map(\.id)
        guard !known.contains(rooftop) else { return }
        let has = known.isEmpty ? "none yet" : known.joined(separator: ", ")
        throw Missing(description: "\(path) has no rooftop '\(rooftop)'; it has \(has). Import an export of it first, or name another ledger with --database")
    }
}
