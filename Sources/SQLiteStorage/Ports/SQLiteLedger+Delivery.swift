public import FollowUp
internal import GRDB

extension SQLiteLedger: DeliveryLedger {
    /// How long a provider may take over an answer of the team's.
    private static let answerSeconds: Int64 = 600

    @discardableResult
    public func record(_ report: DeliveryReport) async throws -> Bool {
        try await file.write { try DeliveryTable.record(report, in: $0) }
    }

    public func uncertainSends(at now: Timestamp, limit: Int) async throws -> [UncertainSend] {
        try await file.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT touch_id, attempt.generation, attempt.channel, address, intended_at, not_after, looks FROM attempt
                    JOIN touch ON touch.id = touch_id WHERE attempt.look_at <= ? AND state = 'uncertain'
                    AND attempt.generation = touch.generation ORDER BY attempt.look_at LIMIT ?
                    """,
                arguments: [now.secondsSince1970, limit])
            return try rows.map { row in
                UncertainSend(
                    touch: Touch.ID(row[0]), generation: row[1], channel: try row.named(2), address: row[3], intendedAt: row.timestamp(4),
                    notAfter: row.timestamp(5), looks: row[6])
            }
        }
    }

    public func record(_ answer: LookupAnswer, of send: UncertainSend, at now: Timestamp) async throws {
        try await file.write { try DeliveryTable.record(answer, of: send, at: now, in: $0) }
    }

    public func giveUpUnsettled(at now: Timestamp) async throws -> Int {
        try await file.write { database in
            // An answer that a stopped process was handing over: the team sees that nobody knows, and may call.
            try database.execute(
                sql: "UPDATE team_answer SET state = 'uncertain' WHERE state = 'sending' AND settled_at <= ?",
                arguments: [now.secondsSince1970 - Self.answerSeconds])
            return try Self.giveUp(nil, at: now, in: database)
        }
    }

    public func settleParked(_ touch: Touch.ID, wasSent: Bool, at now: Timestamp) async throws -> Bool {
        try await file.write { try DeliveryTable.settleParked(touch, wasSent: wasSent, at: now, in: $0) }
    }

    public func halts() async throws -> [ChannelHalt] {
        try await file.read { try Self.halts(in: $0) }
    }

    public func standing(since: Timestamp) async throws -> DeliveryStanding {
        try await file.read { database in
            let problems = try Row.fetchAll(
                database, sql: "SELECT problem, count(*) FROM delivery WHERE problem IS NOT NULL AND reported_at >= ? GROUP BY problem",
                arguments: [since.secondsSince1970])
            return DeliveryStanding(
                halts: try Self.halts(in: database),
                parked: try Int64.fetchAll(database, sql: "SELECT id FROM touch WHERE state = 'parked' ORDER BY id").map { Touch.ID($0) },
                heldRooftops: try String.fetchAll(database, sql: "SELECT name FROM rooftop WHERE held_since IS NOT NULL ORDER BY name"),
                problems: try Dictionary(problems.map { (try $0.named(0) as DeliveryProblem, $0[1] as Int) }) { first, _ in first },
                heldCustomers: try Int.fetchOne(database, sql: "SELECT count(*) FROM contact_point WHERE held_at IS NOT NULL") ?? 0)
        }
    }

    public func resume(_ channel: ContactChannel, at now: Timestamp) async throws -> Bool {
        try await file.write { database in
            try database.execute(sql: "DELETE FROM channel_halt WHERE channel = ?", arguments: [channel.rawValue])
            return database.changesCount == 1
        }
    }
}
