import DiskShim
import FollowUp
import Foundation
import GRDB
import LedgerWorkload
import SQLiteStorage
import Synchronization

/// What a process of the durability tests does, told line by line on standard output and, where there is one, in the disk's journal.
struct Worker: Sendable {
    struct UnknownJob: Error {}

    /// Customers of the jobs that plan by themselves.
    private static let contacts = 60
    private static let commitsBetweenCheckpoints = 15
    private static let turnsBetweenCheckpoints = 5

    let path: String
    let seed: UInt64
    let words: [String]
    let workload: Workload
    private let isJournaled: Bool
    private let handed = Handed()

    init(path: String, seed: UInt64, journal: String?, words: [String]) throws {
        self.path = path
        self.seed = seed
        self.words = words
        workload = try Workload()
        isJournaled = journal != nil
        if let journal {
            let error = disk_watch(URL(filePath: path).deletingLastPathComponent().path, journal)
            guard error == 0 else { throw POSIXError(.init(rawValue: error) ?? .EIO) }
        }
    }

    func run(_ job: String) async throws {
        switch job {
        case "commits": try await commits()
        case "faults": try await faults()
        case "refused": try await refused()
        case "claims": try await claims()
        case "dispatches": try await dispatches()
        case "races": try await races()
        case "stops": try await stops()
        case "watches": try await watches()
        default: throw UnknownJob()
        }
    }

    /// The journal has it before anybody else.
    func tell(_ line: String) {
        if isJournaled { disk_note(line) }
        // Not print: a pipe would get it when a buffer is full.
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    // MARK: - Power cuts

    /// Commits intents and settles them, one small batch after the other, until it is killed or nothing is left. The word NORMAL sets
    /// `synchronous` to NORMAL: the fault that the tests must find.
    private func commits() async throws {
        var random = SeededGenerator(seed: seed)
        let ledger = try SQLiteLedger(path: path)
        if words.contains("NORMAL") { try await ledger.file.onWriter { try $0.execute(sql: "PRAGMA synchronous = NORMAL") } }
        try await workload.plan(contacts: Self.contacts, in: ledger)
        tell("planned")
        var commits = 0
        for day in [3, 10, 30] {
            let now = workload.day(day)
            var claims = try await ledger.dueTouches(rooftop: workload.rooftop.id, at: now, limit: 1_000)[...]
            while !claims.isEmpty {
                let batch = claims.prefix(Int.random(in: 1...4, using: &random))
                claims = claims.dropFirst(batch.count)
                let intents = batch.map { workload.intent($0, at: now) }
                let held = try await ledger.commit(intents, [], at: now)
                for intent in intents where held.contains(intent.touch) { tell("held \(intent.touch.number) \(intent.generation)") }
                let results = intents.filter { held.contains($0.touch) }.map {
                    SendResult(touch: $0.touch, generation: $0.generation, outcome: outcome(now, &random), settledAt: now)
                }
                try await ledger.settle(results)
                for result in results { tell("settled \(result.touch.number) \(result.generation) \(name(of: result.outcome))") }
                let reported = results.filter { _ in Bool.random(using: &random) }
                let stops = Int.random(in: 0..<10, using: &random) == 0 ? Workload.phone(Int.random(in: 0..<Self.contacts, using: &random)) : nil
                try await hear(delivered: reported, stop: stops, at: now, in: ledger)
                commits += 1
                if commits % Self.commitsBetweenCheckpoints == 0 {
                    let mode = ["FULL", "PASSIVE", "RESTART", "TRUNCATE"].randomElement(using: &random) ?? "FULL"
                    try await ledger.file.onWriter { _ = try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(\(mode))") }
                }
            }
        }
        try ledger.close()
        tell("done")
    }

    /// All at once, as webhooks come: what waits for the writer shares a transaction, and each is told of for itself.
    private func hear(delivered results: [SendResult], stop phone: String?, at now: Timestamp, in ledger: SQLiteLedger) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for result in results {
                group.addTask {
                    try await ledger.record(
                        DeliveryReport(providerID: "r", touch: result.touch, generation: result.generation, status: .delivered, at: now))
                    tell("delivered \(result.touch.number)")
                }
            }
            if let phone {
                group.addTask {
                    try await ledger.record(Inbound(rooftop: workload.rooftop.id, from: .phone(phone), kind: .optOut, at: now))
                    tell("stopped \(phone)")
                }
            }
            try await group.waitForAll()
        }
    }

    private func outcome(_ now: Timestamp, _ random: inout SeededGenerator) -> SendOutcome {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: .uncertain(reason: "no answer")
        case 1: .notAccepted(retryAt: now + 600, reason: "429")
        case 2: .rejected(.filtered, reason: "30007")
        default: .accepted(providerID: "p")
        }
    }

    private func name(of outcome: SendOutcome) -> String {
        switch outcome {
        case .accepted: "accepted"
        case .notAccepted, .halted: "planned"
        case .rejected: "rejected"
        case .uncertain: "uncertain"
        }
    }

    // MARK: - A disk that fails

    /// Dispatches while the disk fails as the words say: CALL AFTER ERRNO once|sticky, and the batch right before whose commit the count
    /// begins, 0 for the start. It goes on after an error, as a service does.
    private func faults() async throws {
        let ledger = try SQLiteLedger(path: path)
        try await workload.plan(contacts: Self.contacts, in: ledger)
        tell("planned")
        let calls = ["write": DISK_CALL_WRITE, "sync": DISK_CALL_SYNC, "truncate": DISK_CALL_TRUNCATE]
        guard words.count >= 3, let call = calls[words[0]], let after = Int(words[1]), let error = Int32(words[2]) else { throw UnknownJob() }
        let isSticky: Int32 = words.contains("sticky") ? 1 : 0
        let arm = ArmingWriter(batch: words.count > 4 ? Int(words[4]) ?? 0 : 0) { disk_fail(Int32(call.rawValue), after, error, isSticky) }
        for (number, now) in turns.enumerated() {
            do {
                let summary = try await dispatcher(ledger, at: now, batch: 7, arm).takeTurn()
                if summary.sent > 0 { tell("turn \(summary.sent)") }
            } catch {
                tell("error \(error)")
            }
            guard number % Self.turnsBetweenCheckpoints == 0 else { continue }
            do {
                try await ledger.file.onWriter { _ = try Row.fetchOne($0, sql: "PRAGMA wal_checkpoint(FULL)") }
            } catch {
                tell("checkpoint failed")
            }
        }
        tell("failures \(disk_failures())")
    }

    /// A month of turns, close enough for the dispatcher never to have stood still.
    private var turns: [Timestamp] {
        stride(from: Int64(0), to: 28 * Timestamp.secondsPerDay, by: 5 * 3600).map { workload.day(3) + $0 }
    }

    private func dispatcher(_ ledger: SQLiteLedger, at now: Timestamp, batch: Int, _ writer: any TouchWriter = PlainWriter()) -> Dispatcher {
        Dispatcher(
            rooftop: workload.rooftop, writer: writer, ledger: ledger,
            gateway: TellingGateway { handOver($0) }, clock: StandingClock(now), batch: batch,
            link: { "link\($0.number)" })
    }

    /// Ends the process at the first touch that is handed over twice: a dispatcher that does so may well never stop.
    private func handOver(_ intent: Intent) {
        tell("handed \(intent.touch.number) \(intent.generation)")
        guard handed.touches.withLock({ $0.insert(intent.touch).inserted }) else {
            tell("error touch \(intent.touch.number) was handed over twice")
            _exit(3)
        }
    }

    /// Opens the ledger where nothing may be written.
    private func refused() async throws {
        disk_refuse_writing()
        let ledger = try SQLiteLedger(path: path)
        _ = try await dispatcher(ledger, at: workload.day(3), batch: 7).takeTurn()
    }

    /// Takes a turn for each line on standard input, and tells what came of it. The word `check` has the whole file looked through first.
    private func watches() async throws {
        let ledger = try SQLiteLedger(path: path)
        if words.contains("check") { try await ledger.check() }
        tell("ready")
        while let line = readLine() {
            do {
                let summary = try await dispatcher(ledger, at: workload.day(Int(line) ?? 3), batch: 7).takeTurn()
                tell("turn \(summary.sent)")
            } catch {
                tell("error \(error)")
            }
        }
    }

    // MARK: - Races

    /// Says that it is ready and waits for the word, so that all begin at once.
    private func start() throws -> SQLiteLedger {
        let ledger = try SQLiteLedger(path: path)
        tell("ready")
        _ = readLine()
        return ledger
    }

    /// Commits whatever is due, over simulated weeks, without asking the contact policy: only the ledger holds the cap.
    private func claims() async throws {
        var random = SeededGenerator(seed: seed)
        let ledger = try start()
        for day in [3, 6, 9, 12, 20] {
            let now = workload.day(day)
            let claims = try await ledger.dueTouches(rooftop: workload.rooftop.id, at: workload.day(40), limit: 1_000)
            let intents = claims.map { workload.intent($0, at: now) }.shuffled(using: &random)
            for first in stride(from: 0, to: intents.count, by: 100) {
                let part = Array(intents[first..<min(first + 100, intents.count)])
                for touch in try await ledger.commit(part, [], at: now) { tell("held \(touch.number)") }
            }
        }
    }

    /// Takes its turns in step with the others: a process whose clock runs ahead would make the other one's touches late.
    private func dispatches() async throws {
        let ledger = try start()
        for now in turns {
            let summary = try await dispatcher(ledger, at: now, batch: 5).takeTurn()
            tell("turn \(summary.sent)")
            _ = readLine()
        }
    }

    /// Commits one intent at a time; each line tells when the commit began, on the clock that all processes share.
    private func races() async throws {
        var random = SeededGenerator(seed: seed)
        let ledger = try start()
        let now = workload.day(3)
        let claims = try await ledger.dueTouches(rooftop: workload.rooftop.id, at: now, limit: 1_000).shuffled(using: &random)
        for claim in claims {
            let begun = monotonicNanoseconds()
            let intent = workload.intent(claim, at: now)
            if try await ledger.commit([intent], [], at: now).contains(claim.id) { tell("held \(intent.address) \(begun)") }
        }
    }

    /// Opts phones out, one at a time; each line tells when it was durable.
    private func stops() async throws {
        var random = SeededGenerator(seed: seed)
        let ledger = try start()
        for contact in (0..<Self.contacts).shuffled(using: &random) {
            let phone = Workload.phone(contact)
            try await ledger.record(Inbound(rooftop: workload.rooftop.id, from: .phone(phone), kind: .reply("STOP"), at: workload.day(3)))
            tell("stopped \(phone) \(monotonicNanoseconds())")
        }
    }

    private func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What the gateway of this process was given.
private final class Handed: Sendable {
    let touches = Mutex<Set<Touch.ID>>([])
}

/// Calls `arm` when the batch of that number is written, so right before its intents are committed; at once for batch 0.
private final class ArmingWriter: TouchWriter {
    let bundleSHA256 = "plain"
    private let batch: Int
    private let batches = Mutex(0)
    private let arm: @Sendable () -> Void

    init(batch: Int, _ arm: @escaping @Sendable () -> Void) {
        self.batch = batch
        self.arm = arm
        if batch == 0 { arm() }
    }

    func drafts(of requests: [DraftRequest]) async throws -> [Draft] {
        let number = batches.withLock {
            $0 += 1
            return $0
        }
        if number == batch { arm() }
        return try await PlainWriter().drafts(of: requests)
    }
}
