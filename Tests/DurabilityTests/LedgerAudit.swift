import FollowUp
import Foundation
import GRDB

/// Reads a ledger's file as it lies there, past the ledger's own code, and tells what is wrong with it.
struct LedgerAudit {
    struct Attempt: Hashable {
        let touch: Int64
        let generation: Int
    }

    private(set) var faults: [String] = []
    private(set) var attempts: [Attempt: String?] = [:]
    private(set) var states: [Int64: String] = [:]
    private(set) var generations: [Int64: Int] = [:]
    private(set) var stopped: Set<String> = []
    private(set) var contacts: [Int64: [Int64]] = [:]

    init(path: String) throws {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        try queue.read { database in try read(database) }
        check()
    }

    private mutating func read(_ database: Database) throws {
        let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        if integrity != ["ok"] { faults.append("integrity: \(integrity.prefix(3))") }
        if try Row.fetchOne(database, sql: "PRAGMA foreign_key_check") != nil { faults.append("a foreign key leads nowhere") }
        for row in try Row.fetchAll(database, sql: "SELECT touch_id, generation, outcome FROM attempt") {
            attempts[Attempt(touch: row[0], generation: row[1])] = row[2] as String?
        }
        let touches = """
            SELECT touch.id, state, generation, sent_at, coalesce(phone_point_id, email_point_id)
            FROM touch JOIN enrollment ON enrollment.id = enrollment_id
            """
        for row in try Row.fetchAll(database, sql: touches) {
            states[row[0]] = row[1]
            generations[row[0]] = row[2]
            if let sentAt: Int64 = row[3], (row[1] as String) != "rejected" { contacts[row[4], default: []].append(sentAt) }
        }
        stopped = Set(try String.fetchAll(database, sql: "SELECT address FROM contact_point WHERE opted_out_at IS NOT NULL"))
    }

    private mutating func check() {
        let given: Set<String> = ["sending", "accepted", "delivered", "undelivered", "failed", "uncertain", "parked"]
        var latest: [Int64: Int] = [:]
        for attempt in attempts.keys { latest[attempt.touch] = max(latest[attempt.touch] ?? 0, attempt.generation) }
        for (touch, state) in states {
            let generation = generations[touch] ?? -1
            if generation != latest[touch] ?? 0 { faults.append("touch \(touch) has generation \(generation), attempts up to \(latest[touch] ?? 0)") }
            let attempt = attempts[Attempt(touch: touch, generation: generation)]
            if given.contains(state), attempt == nil { faults.append("touch \(touch) is \(state) without an attempt") }
            if state == "sending", case .some(.some(let outcome)) = attempt { faults.append("touch \(touch) is being sent, with the outcome \(outcome)") }
        }
        for (contact, times) in contacts {
            let sorted = times.sorted()
            for (place, time) in sorted.enumerated() {
                if place >= 3, time < sorted[place - 3] + ContactPolicy.capPeriodSeconds { faults.append("contact \(contact) got four within 30 days") }
                if place >= 1, time < sorted[place - 1] + ContactPolicy.spacingSeconds { faults.append("contact \(contact) got two within 72 hours") }
            }
        }
    }

    /// What of the acknowledged changes isn't there.
    func lost(of notes: [String]) -> [String] {
        // A later acknowledgement of a touch says more than an earlier one.
        var expected: [Int64: String] = [:]
        var lost: [String] = []
        for note in notes {
            let words = note.split(separator: " ").map(String.init)
            switch words[0] {
            case "held":
                guard let touch = Int64(words[1]), let generation = Int(words[2]) else { continue }
                if attempts[Attempt(touch: touch, generation: generation)] == nil { lost.append(note) }
                expected[touch] = "sending"
            case "settled":
                guard let touch = Int64(words[1]), let generation = Int(words[2]) else { continue }
                if (attempts[Attempt(touch: touch, generation: generation)] ?? nil) == nil { lost.append(note) }
                expected[touch] = words[3]
            case "delivered":
                guard let touch = Int64(words[1]) else { continue }
                expected[touch] = "delivered"
            case "stopped": if !stopped.contains(words[1]) { lost.append(note) }
            case "planned": if states.isEmpty { lost.append(note) }
            default: break
            }
        }
        for (touch, state) in expected where !Self.after(state).contains(states[touch] ?? "nothing") {
            lost.append("touch \(touch) was \(state) and is \(states[touch] ?? "nothing")")
        }
        return lost
    }

    /// The states that a touch may be in once it was acknowledged in one, by the workload of the tests.
    private static func after(_ state: String) -> Set<String> {
        switch state {
        case "sending": ["sending", "accepted", "uncertain", "planned", "rejected", "delivered", "suppressed"]
        case "accepted", "uncertain", "rejected": [state, "delivered"]
        case "planned": ["planned", "sending", "accepted", "uncertain", "rejected", "delivered", "suppressed"]
        default: [state]
        }
    }
}
