internal import FollowUp
internal import GRDB

/// Touches with their attempts and decisions: what the dispatcher claims, commits and settles.
enum TouchTable {
    static func due(rooftop: String, at now: Timestamp, limit: Int, in database: Database) throws -> [ClaimedTouch] {
        let statement = try database.cachedStatement(sql: dueSQL)
        let rows = try Row.fetchAll(statement, arguments: [rooftop, now.secondsSince1970, limit])
        return try rows.map { try claim($0, at: now, in: database) }
    }

    /// Makes the intent durable, unless the touch has moved on or a contact point refuses.
    static func commit(_ intent: Intent, at now: Timestamp, in database: Database) throws -> Bool {
        let points = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT phone_point_id, email_point_id, touch.rooftop_id FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                    WHERE touch.id = ? AND generation = ? AND state = 'planned' AND ended_at IS NULL
                    """),
            arguments: [intent.touch.number, intent.generation - 1])
        guard let points,
            try ContactPointTable.take(phone: points[0], email: points[1], on: intent.channel, at: now, in: database)
        else { return false }
        try database.cachedStatement(
            sql: "UPDATE touch SET state = 'sending', generation = ?, channel = ?, sent_at = ? WHERE id = ?"
        ).execute(arguments: [intent.generation, intent.channel.rawValue, now.secondsSince1970, intent.touch.number])
        let words = words(of: intent.message)
        try database.cachedStatement(
            sql: """
                INSERT INTO attempt (touch_id, generation, channel, address, subject, body, bundle_sha256, intended_at, not_after)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            intent.touch.number, intent.generation, intent.channel.rawValue, intent.address, words.subject, words.body,
            intent.bundleSHA256, now.secondsSince1970, intent.notAfter.secondsSince1970,
        ])
        if let token = intent.linkToken {
            try database.cachedStatement(
                sql: "INSERT INTO booking_link (token, touch_id, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
            ).execute(arguments: [token, intent.touch.number, now.secondsSince1970 + Int64(BookingLink.daysValid) * Timestamp.secondsPerDay])
        }
        if let hooks = intent.hooks {
            try HookRecordTable.insert(
                hooks, of: intent.touch, generation: intent.generation - 1, rooftopID: points[2], at: now, in: database)
        }
        try record(intent.scriptFailures, of: intent.touch, rooftopID: points[2], at: now, in: database)
        return true
    }

    /// Records a decision not to send now, unless the touch has moved on.
    static func record(_ decision: TouchDecision, in database: Database) throws {
        let sql: String
        var arguments: StatementArguments = []
        switch decision.verdict {
        case .send: preconditionFailure("a decision to send is an intent")
        case .postpone(let until, _):
            sql = "UPDATE touch SET look_at = ? WHERE id = ? AND generation = ? AND state = 'planned'"
            arguments += [until.secondsSince1970]
        case .expire: sql = "UPDATE touch SET state = 'expired' WHERE id = ? AND generation = ? AND state = 'planned'"
        case .suppress: sql = "UPDATE touch SET state = 'suppressed' WHERE id = ? AND generation = ? AND state = 'planned'"
        case .supersede: sql = "UPDATE touch SET state = 'superseded' WHERE id = ? AND generation = ? AND state = 'planned'"
        }
        arguments += [decision.touch.number, decision.generation]
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        guard database.changesCount == 1 else { return }
        try database.cachedStatement(sql: "INSERT INTO decision (touch_id, decided_at, verdict) VALUES (?, ?, ?)")
            .execute(arguments: [decision.touch.number, decision.decidedAt.secondsSince1970, decision.verdict.description])
        if decision.hooks != nil || !decision.scriptFailures.isEmpty, let rooftopID = try rooftopID(of: decision.touch, in: database) {
            if let hooks = decision.hooks {
                try HookRecordTable.insert(
                    hooks, of: decision.touch, generation: decision.generation, rooftopID: rooftopID, at: decision.decidedAt,
                    in: database)
            }
            try record(decision.scriptFailures, of: decision.touch, rooftopID: rooftopID, at: decision.decidedAt, in: database)
        }
        if case .postpone = decision.verdict { return }
        try completeAfterLast(decision.touch, at: decision.decidedAt, in: database)
    }

    /// Records what came of a send; a result of an older generation, a repeated one, or one that a report was quicker than, changes nothing.
    static func settle(_ result: SendResult, in database: Database) throws {
        let state: String
        let outcome: String
        var detail: String?
        var providerID: String?
        var from = "'sending'"
        switch result.outcome {
        case .accepted(let id):
            (state, outcome, providerID) = ("accepted", "accepted", id)
            from = "'sending', 'uncertain', 'parked'"
        case .notAccepted(_, let reason), .halted(let reason): (state, outcome, detail) = ("planned", "not_accepted", reason)
        case .rejected(let problem, let reason):
            (state, outcome, detail) = (problem.letsAnotherChannelTry ? "planned" : "rejected", "rejected", reason)
        case .uncertain(let reason): (state, outcome, detail) = ("uncertain", "uncertain", reason)
        }
        let isLast = try Bool.fetchOne(
            database.cachedStatement(
                sql: "UPDATE touch SET state = ? WHERE id = ? AND generation = ? AND state IN (\(from)) RETURNING is_last"),
            arguments: [state, result.touch.number, result.generation])
        guard let isLast else { return }
        let lookAt: Int64? = state == "uncertain" ? result.settledAt.secondsSince1970 + LookupRule.lookSeconds[0] : nil
        try database.cachedStatement(
            sql: """
                UPDATE attempt SET outcome = ?, detail = ?, provider_id = ?, settled_at = ?, look_at = ? WHERE touch_id = ? AND generation = ?
                """
        ).execute(arguments: [
            outcome, detail, providerID, result.settledAt.secondsSince1970, lookAt, result.touch.number, result.generation,
        ])
        // What a refusal tells of address and channel holds whatever becomes of the touch.
        switch result.outcome {
        case .rejected(let problem, _): try note(problem, of: result, in: database)
        case .halted(let reason): try halt(result.touch, result.generation, reason, at: result.settledAt, in: database)
        case .accepted, .notAccepted, .uncertain: break
        }
        if state != "accepted", try DeliveryTable.settleByEarlierAttempt(result, in: database) { return }
        switch result.outcome {
        case .accepted, .uncertain: break
        case .rejected(let problem, _):
            if problem.letsAnotherChannelTry { return try planAgain(result, at: result.settledAt, in: database) }
            try release(result, in: database)
        case .notAccepted(let retryAt, _): return try planAgain(result, at: retryAt, in: database)
        case .halted: return try planAgain(result, at: result.settledAt + haltedLookSeconds, in: database)
        }
        if isLast { try completeAfterLast(result.touch, at: result.settledAt, in: database) }
    }

    private static func note(_ problem: DeliveryProblem, of result: SendResult, in database: Database) throws {
        guard let addressed = try addressed(result.touch, result.generation, in: database) else { return }
        try ContactPointTable.note(problem, of: addressed.point, on: addressed.channel, at: result.settledAt, in: database)
    }

    /// The contact point and channel of an attempt.
    static func addressed(
        _ touch: Touch.ID, _ generation: Touch.Generation, in database: Database
    ) throws -> (point: Int64, channel: ContactChannel)? {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT contact_point.id, channel FROM attempt JOIN contact_point ON contact_point.address = attempt.address
                    AND kind = CASE channel WHEN 'email' THEN 'email' ELSE 'phone' END WHERE touch_id = ? AND generation = ?
                    """),
            arguments: [touch.number, generation])
        return try row.map { ($0[0], try $0.named(1)) }
    }

    /// Halts the channel of an attempt.
    static func halt(_ touch: Touch.ID, _ generation: Touch.Generation, _ reason: String, at now: Timestamp, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO channel_halt (channel, since, reason) SELECT channel, ?, ? FROM attempt WHERE touch_id = ? AND generation = ?
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [now.secondsSince1970, reason, touch.number, generation])
    }

    /// How long a touch waits before it is looked at again when its channel doesn't work at all.
    private static let haltedLookSeconds: Int64 = 900

    private static func planAgain(_ result: SendResult, at look: Timestamp, in database: Database) throws {
        try release(result, in: database)
        try database.execute(
            sql: "UPDATE touch SET look_at = ?, sent_at = NULL WHERE id = ?",
            arguments: [look.secondsSince1970, result.touch.number])
    }

    private static let dueSQL = """
        SELECT touch.id, generation, touch.kind, planned_on, due_at, season, is_late, enrollment_id, latest_visit_on, ended_because,
        phone_point_id, email_point_id, customer_name, customer_first_name, customer_phone, customer_email, customer_text_ok,
        customer_email_ok, customer_preferred_channel, customer_number,
        phone.contact_1_at, phone.contact_2_at, phone.contact_3_at, phone.opted_out_at,
        email.contact_1_at, email.contact_2_at, email.contact_3_at, email.opted_out_at,
        phone.undeliverable, email.undeliverable, coalesce(phone.held_at, email.held_at)
        FROM touch JOIN enrollment ON enrollment.id = enrollment_id
        JOIN repair_order ON repair_order.id = repair_order_id
        LEFT JOIN contact_point AS phone ON phone.id = phone_point_id
        LEFT JOIN contact_point AS email ON email.id = email_point_id
        WHERE touch.rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND touch.state = 'planned' AND look_at <= ?
        ORDER BY look_at, touch.id LIMIT ?
        """

    private static let itemsSQL = """
        SELECT \(ItemColumns.list), ro_number, closed_on, mileage, vehicle_vin, vehicle_year, vehicle_make, vehicle_model
        FROM (SELECT visit_on, op_code, description, price_cents, severity, condition_measure, condition_value,
        condition_unit, category_code, category_name, tier, is_safety, repair_order_id FROM follow_up_item
        WHERE enrollment_id = ? AND state = 'open') AS follow_up_item
        JOIN repair_order ON repair_order.id = repair_order_id
        """

    /// The touches of every enrollment that shares a contact point: sent ones of its own, and others that are due.
    private static let aroundSQL = """
        SELECT touch.kind, planned_on, due_at, season, is_late, state, channel, sent_at, enrollment_id, ended_at
        FROM enrollment JOIN touch ON touch.enrollment_id = enrollment.id
        WHERE (phone_point_id = ?1 OR email_point_id = ?2) AND (state = 'planned' AND due_at > ?3 AND due_at <= ?4
        OR sent_at IS NOT NULL AND enrollment_id = ?5) ORDER BY touch.id
        """

    private static func claim(_ row: Row, at now: Timestamp, in database: Database) throws -> ClaimedTouch {
        let enrollment: Int64 = row[7]
        let items = try Row.fetchAll(database.cachedStatement(sql: itemsSQL), arguments: [enrollment])
            .map { (item: try ItemColumns.item($0, from: 0), row: $0) }.sorted { $0.item.precedes($1.item) }
        let around = try Row.fetchCursor(
            database.cachedStatement(sql: aroundSQL),
            arguments: [row[10] as Int64?, row[11] as Int64?, row[4] as Int64, now.secondsSince1970, enrollment])
        var sent: [SentTouch] = []
        var others: [PlannedTouch] = []
        while let other = try around.next() {
            if (other[7] as Int64?) != nil {
                sent.append(
                    SentTouch(
                        kind: try other.named(0), channel: try other.named(6), state: try other.named(5), sentAt: other.timestamp(7)))
            } else if (other[9] as Int64?) == nil {
                others.append(try planned(other, from: 0))
            }
        }
        let lead = items.first?.row
        let latestVisitOn = try row.date(8)
        var optOuts: Set<ChannelPermissions.OptOut> = []
        if (row[23] as Int64?) != nil { optOuts.insert(.phone) }
        if (row[27] as Int64?) != nil { optOuts.insert(.email) }
        // A contact counts for phone and e-mail alike, so the same instant in both rows is one contact.
        let contacts = Set([20, 21, 22, 24, 25, 26].compactMap { row[$0] as Int64? }.filter { $0 > 0 })
        return ClaimedTouch(
            id: Touch.ID(row[0]), generation: row[1], touch: try planned(row, from: 2), latestVisitOn: latestVisitOn,
            customer: Customer(
                name: row[12], firstName: row[13], phone: row[14], email: row[15], textOK: row[16], emailOK: row[17],
                preferredChannel: try row.optionalNamed(18), customerNumber: row[19]),
            vehicle: lead.map { Vehicle(vin: $0[15], year: $0[16], make: $0[17], model: $0[18]) } ?? Vehicle(),
            roNumber: RepairOrder.Number(lead?[12] ?? ""), closedOn: try lead?.date(13) ?? latestVisitOn, mileage: lead?[14],
            items: items.map(\.item),
            sent: sent.sorted { $0.sentAt < $1.sentAt },
            sentAt: contacts.map(Timestamp.init(secondsSince1970:)), optOuts: optOuts,
            undeliverable: ContactPointTable.closed(row[28]).union(ContactPointTable.closed(row[29])), isHeld: (row[30] as Int64?) != nil,
            others: others, ended: try row.optionalNamed(9))
    }

    private static func planned(_ row: Row, from first: Int) throws -> PlannedTouch {
        PlannedTouch(
            kind: try row.named(first), plannedOn: try row.date(first + 1), dueAt: row.timestamp(first + 2),
            season: try row.optionalNamed(first + 3), isLate: row[first + 4])
    }

    static func release(_ result: SendResult, in database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT phone_point_id, email_point_id, intended_at FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                    JOIN attempt ON attempt.touch_id = touch.id AND attempt.generation = ? WHERE touch.id = ?
                    """),
            arguments: [result.generation, result.touch.number])
        guard let row else { return }
        try ContactPointTable.release(phone: row[0], email: row[1], takenAt: row[2], in: database)
    }

    /// After its last touch an enrollment is complete.
    static func completeAfterLast(_ touch: Touch.ID, at now: Timestamp, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE enrollment SET ended_at = ?, ended_because = 'complete'
                WHERE id = (SELECT enrollment_id FROM touch WHERE id = ? AND is_last = 1) AND ended_at IS NULL
                """
        ).execute(arguments: [now.secondsSince1970, touch.number])
    }

    private static func rooftopID(of touch: Touch.ID, in database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(sql: "SELECT rooftop_id FROM touch WHERE id = ?"), arguments: [touch.number])
    }

    private static func record(
        _ failures: [ScriptFailure], of touch: Touch.ID, rooftopID: Int64, at now: Timestamp, in database: Database
    ) throws {
        for failure in failures {
            try database.cachedStatement(
                sql: "INSERT INTO script_failure (rooftop_id, touch_id, failed_at, function, reason) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [rooftopID, touch.number, now.secondsSince1970, failure.function, failure.reason])
        }
    }

    private static func words(of message: Message) -> (subject: String?, body: String) {
        switch message {
        case .sms(let text), .call(let text): (nil, text)
        case .email(let subject, let text): (subject, text)
        }
    }
}
