import Foundation
import LedgerWorkload
import SQLiteStorage
import Testing

/// A full disk, a failing one, a read-only one: it stops sending, says so, and loses nothing that it acknowledged.
@Suite(.serialized) struct DiskFaultTests {
    struct Fault: CustomTestStringConvertible {
        let call: String
        let error: Int32
        let isSticky: Bool

        var testDescription: String { "\(call), \(String(cString: strerror(error)))\(isSticky ? ", for good" : ", once")" }
    }

    static let faults = [
        Fault(call: "write", error: ENOSPC, isSticky: false), Fault(call: "write", error: ENOSPC, isSticky: true),
        Fault(call: "write", error: EIO, isSticky: false), Fault(call: "write", error: EIO, isSticky: true),
        Fault(call: "sync", error: EIO, isSticky: false), Fault(call: "sync", error: EIO, isSticky: true),
        Fault(call: "sync", error: ENOSPC, isSticky: false),
    ]
    static let runsPerFault = 3 * runScale

    /// A failed sync has synced nothing, and what it was to sync is never synced later unless it is written again: the worst that a
    /// kernel does. So this also answers whether a commit that succeeds after a failed sync hides a loss.
    @Test("nothing reaches the gateway that the disk doesn't hold for sure, and every error is told", arguments: faults)
    func dispatching(_ fault: Fault) async throws {
        let seed = runSeed("disk faults, \(fault.testDescription)")
        var random = SeededGenerator(seed: seed)
        var handed = 0, errors = 0
        for run in 0..<Self.runsPerFault {
            let place = try Place()
            // Most commits only note a turn, so every run but the first aims at one that makes intents durable.
            let batch = run == 0 ? 0 : Int.random(in: 1...20, using: &random)
            let after = batch > 0
                ? Int.random(in: 0...(fault.call == "sync" ? 0 : 5), using: &random)
                : Int.random(in: 0..<(fault.call == "sync" ? 150 : 800), using: &random)
            let worker = try WorkerProcess(
                "faults", place.ledger, seed: seed, journal: place.journal, fault.call, String(after), String(fault.error),
                fault.isSticky ? "sticky" : "once", String(batch))
            let lines = await worker.allLines()
            #expect(worker.end() == 0, "\(lines.suffix(3))")
            #expect(lines.last?.hasPrefix("failures ") == true && lines.last != "failures 0", "the fault must have struck")
            let told = lines.filter { $0.hasPrefix("error ") || $0 == "checkpoint failed" }
            #expect(!told.isEmpty)
            for line in told where line.hasPrefix("error ") {
                #expect(line.hasPrefix("error \(place.ledger): the disk "), "\(line)")
            }
            if fault.isSticky, let first = lines.firstIndex(where: { $0.hasPrefix("error ") }) {
                #expect(!lines[first...].contains { $0.hasPrefix("handed ") })
            }
            errors += told.count
            handed += try check(place, fault, after, batch, &random)
        }
        print("disk faults, \(fault.testDescription): \(Self.runsPerFault) runs, \(errors) errors told, \(handed) handed over, each durable before")
    }

    /// Looks at the worst disk at instants at which intents had just been handed over. Gives how many were.
    private func check(_ place: Place, _ fault: Fault, _ after: Int, _ batch: Int, _ random: inout SeededGenerator) throws -> Int {
        let journal = try DiskJournal(contentsOf: place.journal)
        var state = DiskState(journal)
        var handed: [LedgerAudit.Attempt] = []
        var isNew = false
        func look(_ point: Int) throws {
            state.play(to: point)
            try place.lay(state, .nothing, &random)
            try SQLiteLedger(path: place.cutLedger).close()
            let audit = try LedgerAudit(path: place.cutLedger)
            let missing = handed.filter { audit.attempts[$0] == nil }
            #expect(missing == [], "\(fault.testDescription) after \(after) from batch \(batch), at \(point)")
            #expect(audit.faults == [], "\(fault.testDescription) after \(after) from batch \(batch), at \(point)")
        }
        for (place, event) in journal.events.enumerated() {
            switch event {
            case .note(let words) where words.hasPrefix("handed "):
                let numbers = words.split(separator: " ")
                handed.append(LedgerAudit.Attempt(touch: Int64(numbers[1]) ?? 0, generation: Int(numbers[2]) ?? 0))
                isNew = true
            case .write where isNew:
                // The batch is handed over, and nothing has happened since.
                if Int.random(in: 0..<3, using: &random) == 0 { try look(place) }
                isNew = false
            default: break
            }
        }
        try look(journal.events.count)
        #expect(Set(handed.map(\.touch)).count == handed.count, "a touch was handed over twice")
        return handed.count
    }

    @Test("a folder that may not be written to is told, and nothing is sent")
    func readOnly() async throws {
        let place = try Place()
        let ledger = try SQLiteLedger(path: place.ledger)
        try await Workload().plan(contacts: 3, in: ledger)
        try ledger.close()
        let lines = await (try WorkerProcess("refused", place.ledger, journal: place.journal)).allLines()
        #expect(lines == ["error \(SQLiteLedgerError.cannotWrite(path: place.ledger))"])
    }

    @Test("a ledger that is deleted or replaced under a running process stops it", arguments: ["deleted", "replaced", "log deleted", "folder moved"])
    func replaced(_ how: String) async throws {
        let place = try Place()
        let ledger = try SQLiteLedger(path: place.ledger)
        try await Workload().plan(contacts: 3, in: ledger)
        try ledger.close()
        let worker = try WorkerProcess("watches", place.ledger)
        var lines = worker.lines.makeAsyncIterator()
        #expect(await lines.next() == "ready")
        worker.say("3")
        for _ in 0..<3 { #expect(await lines.next()?.hasPrefix("handed ") == true) }
        #expect(await lines.next() == "turn 3")
        let files = FileManager.default
        switch how {
        case "deleted": try files.removeItem(atPath: place.ledger)
        case "replaced":
            try files.copyItem(atPath: place.ledger, toPath: place.ledger + ".copy")
            try files.removeItem(atPath: place.ledger)
            try files.moveItem(atPath: place.ledger + ".copy", toPath: place.ledger)
        case "log deleted": try files.removeItem(atPath: place.ledger + "-wal")
        default: try files.moveItem(at: place.ledgerFolder, to: place.folder.appending(path: "elsewhere"))
        }
        worker.say("10")
        #expect(await lines.next() == "error \(SQLiteLedgerError.replaced(path: place.ledger))")
        try worker.endInput()
        #expect(await lines.next() == nil)
        worker.end()
    }

    static let damaged = 25 * runScale

    /// A page that nobody reads isn't missed until the ledger is looked through; a flipped letter in a text is never found.
    @Test(
        "a damaged ledger never crashes the process: it works on, or says that it is damaged", arguments: ["header", "page", "log"], [false, true])
    func damaged(_ where: String, isChecked: Bool) async throws {
        let seed = runSeed("damage, \(`where`)")
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        let ledger = try SQLiteLedger(path: place.ledger)
        try await Workload().plan(contacts: 20, in: ledger)
        if `where` != "log" { try ledger.close() }
        let database = [UInt8](try Data(contentsOf: URL(filePath: place.ledger)))
        let log = `where` == "log" ? [UInt8](try Data(contentsOf: URL(filePath: place.ledger + "-wal"))) : []
        var told = 0, worked = 0
        for number in 0..<Self.damaged {
            let folder = place.folder.appending(path: "damaged-\(number)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            var bytes = `where` == "log" ? log : database
            switch `where` {
            case "header": bytes[Int.random(in: 0..<100, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            case "page":
                let page = Int.random(in: 0..<bytes.count / 4_096, using: &random) * 4_096
                for _ in 0..<40 {
                    let at = page + Int.random(in: 0..<4_096, using: &random)
                    if at >= 100 { bytes[at] = UInt8.random(in: 0...255, using: &random) }
                }
            default: bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            }
            let path = folder.appending(path: "ledger.sqlite").path
            try Data(`where` == "log" ? database : bytes).write(to: URL(filePath: path))
            if `where` == "log" { try Data(bytes).write(to: URL(filePath: path + "-wal")) }
            let worker = try WorkerProcess("watches", path, seed: seed, journal: nil, isChecked ? "check" : "")
            worker.say("3")
            try worker.endInput()
            let lines = await worker.allLines()
            let status = worker.end()
            #expect(status != nil, "seed \(seed), case \(number): ended by a signal after \(lines)")
            let errors = lines.filter { $0.hasPrefix("error ") }
            for line in errors { #expect(line.hasPrefix("error \(path): "), "seed \(seed), case \(number): \(line)") }
            if errors.isEmpty { worked += 1 } else { told += 1 }
            try FileManager.default.removeItem(at: folder)
        }
        print("damage, \(`where`)\(isChecked ? ", looked through first" : ""): of \(Self.damaged) ledgers \(told) were refused in words, \(worked) worked on")
    }
}
