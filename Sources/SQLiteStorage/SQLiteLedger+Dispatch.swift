public import FollowUp
internal import GRDB

extension SQLiteLedger: FollowUpLedger {
    /// A turn is noted again only after this long: it tells of outages of hours.
    private static let turnNotedEverySeconds: Int64 = 600

    public func beginTurn(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws -> DispatchTurn {
        let known = try await file.read { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT id, last_turn_at, spreading_per_hour, held_since FROM rooftop WHERE name = ?",
                arguments: [rooftop])
            return try row.map { row in
                var turn = DispatchTurn(pace: Self.pace(row), sentInLastHour: 0)
                if turn.pace != .free {
                    turn.sentInLastHour = try Self.sends(row[0], after: now - 3600, until: now, in: database)
                }
                return (turn: turn, lastTurnAt: (row[1] as Int64?).map(Timestamp.init(secondsSince1970:)))
            }
        }
        if let known, let last = known.lastTurnAt, now - last < Self.turnNotedEverySeconds { return known.turn }
        return try await file.write { database in
            let id = try RooftopTable.id(of: rooftop, in: database)
            let last = known?.lastTurnAt
            let before = last.map { $0 - Int64(OutageRule.rateDays) * Timestamp.secondsPerDay }
            let pace = OutageRule.pace(
                after: known?.turn.pace ?? .free, lastRunAt: last,
                sentBefore: try last.map { try Self.sends(id, after: before ?? $0, until: $0, in: database) } ?? 0,
                hours: hours, now: now)
            try database.execute(sql: "UPDATE rooftop SET last_turn_at = ? WHERE id = ?", arguments: [now.secondsSince1970, id])
            try Self.set(pace, rooftopID: id, in: database)
            return DispatchTurn(pace: pace, sentInLastHour: try Self.sends(id, after: now - 3600, until: now, in: database))
        }
    }

    public func setPace(_ pace: OutageRule.Pace, rooftop: String) async throws {
        try await file.write { database in
            try Self.set(pace, rooftopID: RooftopTable.id(of: rooftop, in: database), in: database)
        }
    }

    public func dueTouches(rooftop: String, at now: Timestamp, limit: Int) async throws -> [ClaimedTouch] {
        try await file.read { database in try TouchTable.due(rooftop: rooftop, at: now, limit: limit, in: database) }
    }

    public func nextLook(rooftop: String) async throws -> Timestamp? {
        try await file.read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT look_at FROM touch WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND state = 'planned'
                    ORDER BY look_at LIMIT 1
                    """,
                arguments: [rooftop]
            ).map(Timestamp.init(secondsSince1970:))
        }
    }

    public func commit(_ intents: [Intent], _ decisions: [TouchDecision], at now: Timestamp) async throws -> Set<Touch.ID> {
        try await file.write { database in
            var held: Set<Touch.ID> = []
            for intent in intents where try TouchTable.commit(intent, at: now, in: database) { held.insert(intent.touch) }
            for decision in decisions { try TouchTable.record(decision, in: database) }
            return held
        }
    }

    public func settle(_ results: [SendResult]) async throws {
        try await file.write { database in
            for result in results { try TouchTable.settle(result, in: database) }
        }
    }

    public func giveUpOnSending(rooftop: String, at now: Timestamp) async throws -> Int {
        let sql = """
            SELECT touch.id, touch.generation FROM touch JOIN attempt ON touch_id = touch.id
            AND attempt.generation = touch.generation
            WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND state = 'sending' AND not_after <= ?
            """
        let arguments: StatementArguments = [rooftop, now.secondsSince1970]
        let isNone = try await file.read { try Row.fetchOne($0, sql: sql, arguments: arguments) == nil }
        if isNone { return 0 }
        return try await file.write { database in
            let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
            for row in rows {
                let result = SendResult(
                    touch: Touch.ID(row[0]), generation: row[1],
                    outcome: .uncertain(reason: "Revisit stopped between the decision and the gateway's answer"), settledAt: now)
                try TouchTable.settle(result, in: database)
            }
            return rows.count
        }
    }

    private static func pace(_ row: Row) -> OutageRule.Pace {
        if let since: Int64 = row[3] { return .held(since: Timestamp(secondsSince1970: since)) }
        if let perHour: Int = row[2] { return .spreading(perHour: perHour) }
        return .free
    }

    private static func set(_ pace: OutageRule.Pace, rooftopID: Int64, in database: Database) throws {
        var perHour: Int?
        var since: Int64?
        switch pace {
        case .free: break
        case .spreading(let limit): perHour = limit
        case .held(let instant): since = instant.secondsSince1970
        }
        try database.execute(
            sql: "UPDATE rooftop SET spreading_per_hour = ?, held_since = ? WHERE id = ?",
            arguments: [perHour, since, rooftopID])
    }

    private static func sends(_ rooftopID: Int64, after: Timestamp, until: Timestamp, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM touch WHERE rooftop_id = ? AND sent_at > ? AND sent_at <= ?",
            arguments: [rooftopID, after.secondsSince1970, until.secondsSince1970]) ?? 0
    }
}
