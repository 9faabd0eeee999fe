internal import FollowUp
internal import GRDB

/// What providers say of attempts, and what that changes.
enum DeliveryTable {
    /// False when the report fits no attempt.
    static func record(_ report: DeliveryReport, in database: Database) throws -> Bool {
        guard let attempt = try attempt(of: report, in: database) else { return false }
        let (state, problem) = state(of: report.status)
        try insert(attempt.touch, attempt.generation, state.rawValue, problem, report.detail, at: report.at, in: database)
        guard database.changesCount == 1 else { return true }
        try advance(attempt, to: state, report, in: database)
        if let addressed = try TouchTable.addressed(attempt.touch, attempt.generation, in: database) {
            if let problem { try ContactPointTable.note(problem, of: addressed.point, on: addressed.channel, at: report.at, in: database) }
            if state == .delivered { try ContactPointTable.reached(addressed.point, in: database) }
        }
        if let reason = report.haltReason { try TouchTable.halt(attempt.touch, attempt.generation, reason, at: report.at, in: database) }
        return true
    }

    /// Records a look: found, looked for once more later, or parked after the last look.
    static func record(_ answer: LookupAnswer, of send: UncertainSend, at now: Timestamp, in database: Database) throws {
        switch answer {
        case .found(let report):
            let named = DeliveryReport(
                providerID: report.providerID, touch: send.touch, generation: send.generation, status: report.status, detail: report.detail,
                at: report.at)
            _ = try record(named, in: database)
        case .notFound, .unknown:
            // A look that couldn't be made counts as well, so that every send ends.
            let looks = send.looks + 1
            let next = LookupRule.nextLook(intendedAt: send.intendedAt, after: looks, now: now)
            try database.cachedStatement(
                sql: "UPDATE attempt SET looks = ?, look_at = ? WHERE touch_id = ? AND generation = ? AND looks = ? AND look_at IS NOT NULL"
            ).execute(arguments: [looks, next?.secondsSince1970, send.touch.number, send.generation, send.looks])
            guard database.changesCount == 1 else { return }
            var detail = "look \(looks) of \(LookupRule.lookSeconds.count)"
            if case .unknown(let reason) = answer { detail += ": \(reason)" }
            try insert(send.touch, send.generation, "not_found", nil, detail, at: now, in: database)
            guard next == nil else { return }
            try database.cachedStatement(sql: "UPDATE touch SET state = 'parked' WHERE id = ? AND generation = ? AND state = 'uncertain'")
                .execute(arguments: [send.touch.number, send.generation])
            if database.changesCount == 1 { try insert(send.touch, send.generation, "parked", nil, nil, at: now, in: database) }
        }
    }

    static func settleParked(_ touch: Touch.ID, wasSent: Bool, at now: Timestamp, in database: Database) throws -> Bool {
        let state = wasSent ? "accepted" : "failed"
        let generation = try Int.fetchOne(
            database, sql: "UPDATE touch SET state = ? WHERE id = ? AND state = 'parked' RETURNING generation",
            arguments: [state, touch.number])
        guard let generation else { return false }
        try insert(touch, generation, wasSent ? "counted_sent" : "counted_not_sent", nil, nil, at: now, in: database)
        return true
    }

    /// An earlier attempt, taken for not accepted, was accepted after all, and the provider said so while this one was under way. The
    /// touch is then settled by that one and never sent again. False when no such report is there.
    static func settleByEarlierAttempt(_ result: SendResult, in database: Database) throws -> Bool {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT status, delivery.generation, intended_at FROM delivery JOIN attempt USING (touch_id, generation)
                    WHERE touch_id = ? AND delivery.generation < ? AND status IN ('accepted', 'delivered', 'undelivered', 'failed')
                    ORDER BY status = 'accepted', delivery.id LIMIT 1
                    """),
            arguments: [result.touch.number, result.generation])
        guard let row else { return false }
        if case .uncertain = result.outcome {} else {
            // The slot of this attempt becomes that of the one which took place.
            try TouchTable.release(result, in: database)
            try countLate(result.touch, row[1], in: database)
        }
        try database.cachedStatement(sql: "UPDATE touch SET state = ?, sent_at = ? WHERE id = ?")
            .execute(arguments: [row[0] as String, row[2] as Int64, result.touch.number])
        try database.cachedStatement(sql: "UPDATE attempt SET look_at = NULL WHERE touch_id = ?").execute(arguments: [result.touch.number])
        try database.cachedStatement(sql: "UPDATE attempt SET outcome = 'accepted' WHERE touch_id = ? AND generation = ?")
            .execute(arguments: [result.touch.number, row[1] as Int])
        try TouchTable.completeAfterLast(result.touch, at: result.settledAt, in: database)
        return true
    }

    private static func countLate(_ touch: Touch.ID, _ generation: Touch.Generation, in database: Database) throws {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT phone_point_id, email_point_id, intended_at FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                    JOIN attempt ON attempt.touch_id = touch.id AND attempt.generation = ? WHERE touch.id = ?
                    """),
            arguments: [generation, touch.number])
        if let row { try ContactPointTable.countLate(phone: row[0], email: row[1], at: row[2], in: database) }
    }

    private struct Attempt {
        let touch: Touch.ID
        let generation: Touch.Generation
        let state: Touch.State
        /// The one that the touch has now.
        let current: Touch.Generation
    }

    private static func attempt(of report: DeliveryReport, in database: Database) throws -> Attempt? {
        let columns = "SELECT attempt.touch_id, attempt.generation, state, touch.generation FROM attempt JOIN touch ON touch.id = attempt.touch_id"
        let row: Row? =
            if let touch = report.touch, let generation = report.generation {
                try Row.fetchOne(
                    database.cachedStatement(sql: columns + " WHERE attempt.touch_id = ? AND attempt.generation = ?"),
                    arguments: [touch.number, generation])
            } else if let touch = report.touch {
                // A bounce names the touch by its token and no attempt: the last one handed over is meant.
                try Row.fetchOne(
                    database.cachedStatement(sql: columns + " WHERE attempt.touch_id = ? ORDER BY attempt.generation DESC LIMIT 1"),
                    arguments: [touch.number])
            } else {
                try Row.fetchOne(
                    database.cachedStatement(sql: columns + " WHERE provider_id = ?"), arguments: [report.providerID])
                    ?? byMessageID(report.providerID, columns, in: database)
            }
        return try row.map { Attempt(touch: Touch.ID($0[0]), generation: $0[1], state: try $0.named(2), current: $0[3]) }
    }

    /// A Message-ID names its touch's token, so a bounce is understood also of a mail that nobody knew was taken: `<TOKEN@domain>`.
    private static func byMessageID(_ name: String, _ columns: String, in database: Database) throws -> Row? {
        guard name.hasPrefix("<"), let end = name.firstIndex(of: "@") else { return nil }
        return try Row.fetchOne(
            database.cachedStatement(
                sql: columns + " JOIN booking_link ON booking_link.touch_id = touch.id WHERE token = ? ORDER BY attempt.generation DESC LIMIT 1"),
            arguments: [String(name[name.index(after: name.startIndex)..<end])])
    }

    /// Moves the touch forward, never back.
    private static func advance(_ attempt: Attempt, to state: Touch.State, _ report: DeliveryReport, in database: Database) throws {
        switch attempt.state {
        case .sending where attempt.generation == attempt.current, .uncertain, .parked:
            try set(state, of: attempt, report, in: database)
            try TouchTable.completeAfterLast(attempt.touch, at: report.at, in: database)
        case .accepted where state != .accepted: try set(state, of: attempt, report, in: database)
        case .planned, .suppressed, .expired, .superseded, .rejected:
            // It was taken for not accepted, and it was. It counts after all, and is never sent again.
            try set(state, of: attempt, report, in: database)
            try countLate(attempt.touch, attempt.generation, in: database)
            try TouchTable.completeAfterLast(attempt.touch, at: report.at, in: database)
        case .sending, .accepted, .delivered, .undelivered, .failed: break
        }
    }

    private static func set(_ state: Touch.State, of attempt: Attempt, _ report: DeliveryReport, in database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE touch SET state = ?, sent_at = coalesce(sent_at, (SELECT intended_at FROM attempt WHERE touch_id = touch.id AND generation = ?)) WHERE id = ?"
        ).execute(arguments: [state.rawValue, attempt.generation, attempt.touch.number])
        try database.cachedStatement(
            sql: """
                UPDATE attempt SET outcome = 'accepted', provider_id = coalesce(provider_id, ?), settled_at = coalesce(settled_at, ?), look_at = NULL
                WHERE touch_id = ? AND generation = ?
                """
        ).execute(arguments: [report.providerID, report.at.secondsSince1970, attempt.touch.number, attempt.generation])
    }

    private static func state(of status: DeliveryReport.Status) -> (Touch.State, DeliveryProblem?) {
        switch status {
        case .accepted: (.accepted, nil)
        case .delivered: (.delivered, nil)
        case .undelivered(let problem): (.undelivered, problem)
        case .failed(let problem): (.failed, problem)
        }
    }

    private static func insert(
        _ touch: Touch.ID, _ generation: Touch.Generation, _ status: String, _ problem: DeliveryProblem?, _ detail: String?, at now: Timestamp,
        in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO delivery (touch_id, generation, status, problem, detail, reported_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """
        ).execute(arguments: [touch.number, generation, status, problem?.rawValue, detail, now.secondsSince1970])
    }
}
