import Foundation
import LedgerWorkload
import SQLiteStorage
import Testing

/// What is left of acknowledged commits when the power goes, at any instant and in the middle of any write.
@Suite(.serialized) struct PowerCutTests {
    static let runs = 4 * runScale
    static let cutsPerRun = 60
    static let controlCuts = 60
    static let makingEventsMost = 100

    /// Lets a worker commit, kills it somewhere, and gives what its disk saw.
    private func journal(_ place: Place, seed: UInt64, _ random: inout SeededGenerator, _ words: String...) async throws -> DiskJournal {
        let worker = try WorkerProcess("commits", place.ledger, seed: seed, journal: place.journal, words.joined())
        // By then most of what the workload does has happened.
        let linesBeforeTheEnd = Int.random(in: 40..<400, using: &random)
        var count = 0
        for await line in worker.lines {
            count += 1
            if count == linesBeforeTheEnd { worker.kill() }
            #expect(!line.hasPrefix("error"), "\(line)")
        }
        worker.end()
        return try DiskJournal(contentsOf: place.journal)
    }

    @Test("every acknowledged commit outlives a power cut, and the ledger opens whole")
    func cuts() async throws {
        let seed = runSeed("power cuts")
        var random = SeededGenerator(seed: seed)
        var cuts = 0, acknowledged = 0, torn = 0
        for run in 0..<Self.runs {
            let place = try Place()
            let journal = try await journal(place, seed: seed &+ UInt64(run), &random)
            var state = DiskState(journal)
            // Some right at an acknowledgement, where the least time is left to make it true.
            let notes = journal.events.indices.filter { if case .note = journal.events[$0] { true } else { false } }
            let points = (0..<Self.cutsPerRun).map { cut in
                cut % 3 == 0 ? (notes.randomElement(using: &random) ?? 0) + 1 : Int.random(in: 0...journal.events.count, using: &random)
            }
            for point in points.sorted() {
                state.play(to: point)
                let cut = DiskState.Cut.allCases.randomElement(using: &random) ?? .nothing
                try place.lay(state, cut, &random)
                do {
                    try SQLiteLedger(path: place.cutLedger).close()
                } catch {
                    Issue.record("seed \(seed), run \(run), cut at \(point) keeping \(cut): \(error)")
                    continue
                }
                let audit = try LedgerAudit(path: place.cutLedger)
                let notes = journal.notes(before: point)
                #expect(audit.faults == [], "seed \(seed), run \(run), cut at \(point) keeping \(cut)")
                #expect(audit.lost(of: notes) == [], "seed \(seed), run \(run), cut at \(point) keeping \(cut)")
                cuts += 1
                acknowledged += notes.count
                if cut == .someSectors || cut == .firstWrites { torn += 1 }
            }
        }
        print("power cuts: \(cuts) cuts (\(torn) with torn writes), \(acknowledged) acknowledgements looked for, none lost")
        #expect(acknowledged > cuts)
    }

    @Test("a cut at any write while the ledger is made leaves one that opens")
    func making() async throws {
        let seed = runSeed("power cuts while making")
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        let journal = try await journal(place, seed: seed, &random)
        let planned = journal.events.firstIndex { if case .note = $0 { true } else { false } } ?? 0
        var state = DiskState(journal)
        let points = Array(0...min(planned, Self.makingEventsMost))
        for point in points {
            state.play(to: point)
            for cut in [DiskState.Cut.nothing, .everything, .firstWrites] {
                try place.lay(state, cut, &random)
                do {
                    try SQLiteLedger(path: place.cutLedger).close()
                    #expect(try LedgerAudit(path: place.cutLedger).faults == [], "seed \(seed), cut at \(point) keeping \(cut)")
                } catch {
                    Issue.record("seed \(seed), cut at \(point) keeping \(cut): \(error)")
                }
            }
        }
        print("power cuts while making: \(3 * points.count) cuts at the first \(points.count) events, all open")
    }

    @Test("the control: at synchronous NORMAL, acknowledged commits are lost, and these tests see it")
    func control() async throws {
        let seed = runSeed("power cuts, control")
        var random = SeededGenerator(seed: seed)
        let place = try Place()
        let journal = try await journal(place, seed: seed, &random, "NORMAL")
        var state = DiskState(journal)
        var losing = 0, lost = 0
        let notes = journal.events.indices.filter { if case .note = journal.events[$0] { true } else { false } }
        for point in (0..<Self.controlCuts).map({ _ in (notes.randomElement(using: &random) ?? 0) + 1 }).sorted() {
            state.play(to: point)
            try place.lay(state, DiskState.Cut.allCases.randomElement(using: &random) ?? .nothing, &random)
            try SQLiteLedger(path: place.cutLedger).close()
            let missing = try LedgerAudit(path: place.cutLedger).lost(of: journal.notes(before: point))
            lost += missing.count
            if !missing.isEmpty { losing += 1 }
        }
        print("power cuts, control: at NORMAL \(losing) of \(Self.controlCuts) cuts lost acknowledged changes, \(lost) in all")
        #expect(losing > 0)
    }
}
