public import FollowUp
internal import GRDB

extension SQLiteLedger: FollowUpLedger {
    /// A turn is noted again only after this long: it tells of outages of hours.
    private static let turnNotedEverySeconds: Int64 = 600

    public func beginTurn(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws -> DispatchTurn {
        let known = try await file.read { try Self.known(rooftop, at: now, in: $0) }
        if let last = known?.lastTurnAt, now - last < Self.turnNotedEverySeconds, let known, !known.isBacklogGone, !known.hasUnsettled {
            return known.turn
        }
        return try await file.write { database in
            let id = try RooftopTable.id(of: rooftop, in: database)
            let known = try Self.known(rooftop, at: now, in: database)
            var pace = known?.isBacklogGone == true ? .free : known?.turn.pace ?? .free
            if let last = known?.lastTurnAt, now - last > OutageRule.spreadAfterSeconds {
                pace = OutageRule.pace(
                    after: pace, lastRunAt: last, sentBefore: try Self.sends(id, before: last, in: database), hours: hours, now: now)
            }
            try database.execute(sql: "UPDATE rooftop SET last_turn_at = ? WHERE id = ?", arguments: [now.secondsSince1970, id])
            try Self.set(pace, rooftopID: id, in: database)
            return DispatchTurn(
                pace: pace, sentInLastHour: try Self.sends(id, inHourBefore: now, pace, in: database),
                uncertain: try Self.giveUp(id, at: now, in: database), halts: try Self.halts(in: database))
        }
    }

    public func resume(rooftop: String, hours: RooftopHours, at now: Timestamp) async throws {
        try await file.write { database in
            let id = try RooftopTable.id(of: rooftop, in: database)
            let pace = OutageRule.pace(
                after: .free, lastRunAt: now - OutageRule.waitAfterSeconds, sentBefore: try Self.sends(id, before: now, in: database),
                hours: hours, now: now)
            try Self.set(pace, rooftopID: id, in: database)
        }
    }

    public func dueTouches(rooftop: String, at now: Timestamp, limit: Int) async throws -> [ClaimedTouch] {
        try await file.read { database in try TouchTable.due(rooftop: rooftop, at: now, limit: limit, in: database) }
    }

    public func nextLook(rooftop: String) async throws -> Timestamp? {
        try await file.read { database in
            try Int64.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT look_at FROM touch WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND state = 'planned'
                        ORDER BY look_at LIMIT 1
                        """),
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

    public func withdrawn(among intents: [Intent]) async throws -> Set<Touch.ID> {
        try await file.read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT 1 FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                    LEFT JOIN contact_point AS phone ON phone.id = phone_point_id LEFT JOIN contact_point AS email ON email.id = email_point_id
                    WHERE touch.id = ?1 AND generation = ?2 AND state = 'sending' AND ended_at IS NULL
                    AND phone.held_at IS NULL AND email.held_at IS NULL
                    AND CASE WHEN ?3 THEN email.opted_out_at ELSE phone.opted_out_at END IS NULL
                    AND NOT EXISTS (SELECT 1 FROM delivery WHERE touch_id = touch.id
                    AND status IN ('accepted', 'delivered', 'undelivered', 'failed'))
                    """)
            var withdrawn: Set<Touch.ID> = []
            for intent in intents {
                let holds = try Int.fetchOne(statement, arguments: [intent.touch.number, intent.generation, intent.channel == .email])
                if holds == nil { withdrawn.insert(intent.touch) }
            }
            return withdrawn
        }
    }

    public func settle(_ results: [SendResult]) async throws {
        try await file.write { database in
            for result in results { try TouchTable.settle(result, in: database) }
        }
    }

    /// Sends that were begun and whose time is over, of one rooftop or of all.
    private static let unsettledSQL = """
        SELECT touch.id, touch.generation FROM touch JOIN attempt ON touch_id = touch.id
        AND attempt.generation = touch.generation WHERE (?1 IS NULL OR rooftop_id = ?1) AND state = 'sending' AND not_after <= ?2
        """

    /// Gives how many touches were given up.
    static func giveUp(_ rooftopID: Int64?, at now: Timestamp, in database: Database) throws -> Int {
        let rows = try Row.fetchAll(
            database.cachedStatement(sql: unsettledSQL), arguments: [rooftopID, now.secondsSince1970])
        for row in rows {
            let result = SendResult(
                touch: Touch.ID(row[0]), generation: row[1],
                outcome: .uncertain(reason: "Revisit stopped between the decision and the gateway's answer"), settledAt: now)
            try TouchTable.settle(result, in: database)
        }
        return rows.count
    }

    static func halts(in database: Database) throws -> [ChannelHalt] {
        try Row.fetchAll(database.cachedStatement(sql: "SELECT channel, since, reason FROM channel_halt ORDER BY channel")).map { row in
            ChannelHalt(channel: try row.named(0), since: row.timestamp(1), reason: row[2])
        }
    }

    private struct Known {
        var turn: DispatchTurn
        var lastTurnAt: Timestamp?
        /// Whether a backlog was being spread and none of it is planned any more.
        var isBacklogGone: Bool
        /// Whether sends were begun whose time is over.
        var hasUnsettled: Bool
    }

    /// The longest that a touch may shift, with a day for zones: beyond it nothing of a backlog is planned.
    private static let backlogSeconds = 8 * Timestamp.secondsPerDay

    private static func known(_ rooftop: String, at now: Timestamp, in database: Database) throws -> Known? {
        let statement = try database.cachedStatement(
            sql: "SELECT id, last_turn_at, spreading_per_hour, spreading_since, held_since FROM rooftop WHERE name = ?")
        guard let row = try Row.fetchOne(statement, arguments: [rooftop]) else { return nil }
        let id: Int64 = row[0]
        let pace: OutageRule.Pace
        var isBacklogGone = false
        if let since: Int64 = row[4] {
            pace = .held(since: Timestamp(secondsSince1970: since))
        } else if let perHour: Int = row[2], let since: Int64 = row[3] {
            pace = .spreading(perHour: perHour, since: Timestamp(secondsSince1970: since))
            isBacklogGone = try Row.fetchOne(
                database, sql: "SELECT 1 FROM touch WHERE rooftop_id = ? AND state = 'planned' AND look_at <= ? AND due_at <= ? LIMIT 1",
                arguments: [id, since + backlogSeconds, since]) == nil
        } else {
            pace = .free
        }
        let turn = DispatchTurn(
            pace: pace, sentInLastHour: try sends(id, inHourBefore: now, pace, in: database), halts: try halts(in: database))
        return Known(turn: turn, lastTurnAt: (row[1] as Int64?).map(Timestamp.init(secondsSince1970:)), isBacklogGone: isBacklogGone,
            hasUnsettled: try Row.fetchOne(
                database.cachedStatement(sql: unsettledSQL), arguments: [id, now.secondsSince1970]) != nil)
    }

    private static func set(_ pace: OutageRule.Pace, rooftopID: Int64, in database: Database) throws {
        var values: [Int64?] = [nil, nil, nil]
        switch pace {
        case .free: break
        case .spreading(let perHour, let since): values = [Int64(perHour), since.secondsSince1970, nil]
        case .held(let since): values[2] = since.secondsSince1970
        }
        try database.execute(
            sql: "UPDATE rooftop SET spreading_per_hour = ?, spreading_since = ?, held_since = ? WHERE id = ?",
            arguments: [values[0], values[1], values[2], rooftopID])
    }

    /// Only asked while a backlog is spread.
    private static func sends(
        _ rooftopID: Int64, inHourBefore now: Timestamp, _ pace: OutageRule.Pace, in database: Database
    ) throws -> Int {
        guard pace != .free else { return 0 }
        return try sends(rooftopID, after: now - 3600, until: now, in: database)
    }

    /// Sends in the days over which the normal rate is counted.
    private static func sends(_ rooftopID: Int64, before last: Timestamp, in database: Database) throws -> Int {
        try sends(rooftopID, after: last - Int64(OutageRule.rateDays) * Timestamp.secondsPerDay, until: last, in: database)
    }

    private static func sends(_ rooftopID: Int64, after: Timestamp, until: Timestamp, in database: Database) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT count(*) FROM touch WHERE rooftop_id = ? AND sent_at > ? AND sent_at <= ?",
            arguments: [rooftopID, after.secondsSince1970, until.secondsSince1970]) ?? 0
    }
}
