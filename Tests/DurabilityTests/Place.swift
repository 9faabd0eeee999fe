import Foundation
import LedgerWorkload

/// A folder of a test's own, removed with the test.
final class Place {
    let folder: URL
    /// Where the ledger lies: alone, so that all of its folder is watched.
    let ledgerFolder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "durability-\(UUID().uuidString)")
        ledgerFolder = folder.appending(path: "ledger")
        try FileManager.default.createDirectory(at: ledgerFolder, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    var ledger: String { ledgerFolder.appending(path: "ledger.sqlite").path }
    var journal: String { folder.appending(path: "journal").path }
    var cut: URL { folder.appending(path: "cut") }
    var cutLedger: String { cut.appending(path: "ledger.sqlite").path }

    /// Lays out what a disk holds after a cut, in place of the last one.
    func lay(_ state: DiskState, _ cut: DiskState.Cut, _ random: inout SeededGenerator) throws {
        if FileManager.default.fileExists(atPath: self.cut.path) { try FileManager.default.removeItem(at: self.cut) }
        try state.write(to: self.cut, cut, &random)
    }
}

/// The run's seed: REVISIT_SEED, or a new one. It is printed, so that the same run can be made again.
func runSeed(_ name: String) -> UInt64 {
    let seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 1...999_999)
    print("\(name): REVISIT_SEED=\(seed)")
    return seed
}

/// REVISIT_SCALE makes a longer run: so many times the usual number of cuts, faults, races and histories.
let runScale = ProcessInfo.processInfo.environment["REVISIT_SCALE"].flatMap(Int.init) ?? 1
