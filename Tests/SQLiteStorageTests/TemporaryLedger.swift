import FollowUp
import Foundation
import SQLiteStorage

/// A folder of its own for a test's ledger, removed with the test.
final class TemporaryLedger {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "ledger-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    var path: String { path("ledger.sqlite") }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Copies the files as they lie on disk at this instant: what a crash now would leave.
    func crashedCopy() throws -> String {
        let name = "crashed-\(UUID().uuidString).sqlite"
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: path + suffix) {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: path(name) + suffix)
        }
        return path(name)
    }
}

let noon = Timestamp(secondsSince1970: 1_772_800_000)

extension SQLiteLedger {
    /// Imports one file's worth of records at once.
    @discardableResult
    func take(
        _ orders: [RepairOrder], quarantined: [QuarantineEntry] = [], rooftop: String = "lakeside", sha256: String
    ) async throws -> ImportOutcome {
        let id = try await begin(rooftop, sha256)
        try await stage(orders, quarantined, in: id)
        return try await publish(id, now: noon)
    }

    func begin(_ rooftop: String, _ sha256: String) async throws -> ImportID {
        switch try await begin(rooftop: rooftop, fileName: "\(sha256).csv", sha256: sha256, now: noon) {
        case .new(let id): return id
        case .alreadyImported(let id): throw UnexpectedlyImported(id: id)
        }
    }

    /// The quarantined rows of a rooftop that wait.
    func waiting(_ rooftop: String = "lakeside") async throws -> [QuarantinedEntry] {
        var rows: [QuarantinedEntry] = []
        for imported in try await waitingImports(rooftop: rooftop) {
            rows += try await quarantine(of: imported.id, after: nil, limit: 1_000_000)
        }
        return rows
    }

    func all(_ rooftop: String = "lakeside") async throws -> [RepairOrder] {
        try await repairOrders(rooftop: rooftop, after: nil, limit: 1_000_000)
    }
}

struct UnexpectedlyImported: Error {
    let id: ImportID
}
