public import FollowUp
internal import Foundation
internal import GRDB

extension SQLiteLedger: InboxLedger {
    public func textsRead() async throws -> Timestamp? {
        try await file.read { database in
            let kept = try Data.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'texts_read'")
            return kept.flatMap { Int64(String(decoding: $0, as: UTF8.self)) }.map(Timestamp.init(secondsSince1970:))
        }
    }

    public func noteTextsRead(until now: Timestamp) async throws {
        try await file.write { database in
            try database.execute(
                sql: "INSERT INTO setting (name, value) VALUES ('texts_read', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                arguments: [Data("\(now.secondsSince1970)".utf8)])
        }
    }

    public func conversations(rooftops: [String]?, states: Set<Conversation.State>, limit: Int) async throws -> [Conversation] {
        try await file.read { try ConversationTable.list(rooftops: rooftops, states: states, limit: limit, in: $0) }
    }

    public func conversation(_ id: Conversation.ID) async throws -> Conversation? {
        try await file.read { try ConversationTable.find(id, in: $0) }
    }

    public func settle(_ id: Conversation.ID, as state: Conversation.State, at now: Timestamp) async throws {
        try await file.write { database in
            guard let row = try Row.fetchOne(
                database, sql: "SELECT rooftop_id, phone_point_id, email_point_id FROM conversation WHERE id = ?", arguments: [id.number])
            else { return }
            let rooftopID: Int64 = row[0]
            try database.execute(
                sql: "UPDATE conversation SET state = ?, changed_at = ? WHERE id = ?", arguments: [state.rawValue, now.secondsSince1970, id.number])
            for point in [row[1], row[2]] as [Int64?] {
                guard let point else { continue }
                try database.execute(sql: "UPDATE contact_point SET held_at = NULL WHERE id = ?", arguments: [point])
                guard state == .booked else { continue }
                let date = try RooftopTable.zone(ofID: rooftopID, in: database).localDate(at: now)
                try Self.answer(rooftopID, point, true, on: date, at: now, in: database)
            }
        }
    }

    public func queueAnswer(_ id: Conversation.ID, text: String, by: String, at now: Timestamp) async throws -> TeamAnswer? {
        try await file.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT contact_point.id, opted_out_at FROM inbound JOIN contact_point ON contact_point.id = contact_point_id
                    WHERE conversation_id = ? ORDER BY inbound.id DESC LIMIT 1
                    """,
                arguments: [id.number])
            guard let row, (row[1] as Int64?) == nil else { return nil }
            try database.execute(
                sql: "INSERT INTO team_answer (conversation_id, contact_point_id, body, written_by, state, begun_at) VALUES (?, ?, ?, ?, 'waiting', ?)",
                arguments: [id.number, row[0] as Int64, text, by, now.secondsSince1970])
            return try Self.answers("team_answer.id = ?", [database.lastInsertedRowID], in: database).first
        }
    }

    public func waitingAnswers(limit: Int) async throws -> [TeamAnswer] {
        try await file.read { try Self.answers("team_answer.state = 'waiting' ORDER BY team_answer.id LIMIT ?", [limit], in: $0) }
    }

    public func claim(_ answer: TeamAnswer.ID, at now: Timestamp) async throws -> Bool {
        try await file.write { database in
            let isOptedOut = try Bool.fetchOne(
                database,
                sql: "SELECT opted_out_at IS NOT NULL FROM team_answer JOIN contact_point ON contact_point.id = contact_point_id WHERE team_answer.id = ?",
                arguments: [answer.number])
            guard let isOptedOut else { return false }
            try database.execute(
                sql: "UPDATE team_answer SET state = ?, detail = ?, settled_at = ? WHERE id = ? AND state = 'waiting'",
                arguments: [
                    isOptedOut ? "rejected" : "sending", isOptedOut ? "the customer opted out before it went" : nil, now.secondsSince1970,
                    answer.number,
                ])
            return database.changesCount == 1 && !isOptedOut
        }
    }

    /// With where they go, and the name of the message that they answer.
    private static func answers(_ condition: String, _ arguments: StatementArguments, in database: Database) throws -> [TeamAnswer] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT team_answer.id, team_answer.conversation_id, rooftop.name, kind, address, body,
                (SELECT provider_id FROM inbound WHERE inbound.conversation_id = team_answer.conversation_id
                AND inbound.contact_point_id = team_answer.contact_point_id ORDER BY inbound.id DESC LIMIT 1),
                (SELECT touch.id FROM enrollment JOIN touch ON enrollment_id = enrollment.id WHERE enrollment.rooftop_id = conversation.rooftop_id
                AND (enrollment.phone_point_id = contact_point_id OR enrollment.email_point_id = contact_point_id) AND sent_at IS NOT NULL
                ORDER BY sent_at DESC LIMIT 1)
                FROM team_answer JOIN conversation ON conversation.id = team_answer.conversation_id
                JOIN rooftop ON rooftop.id = conversation.rooftop_id JOIN contact_point ON contact_point.id = contact_point_id
                WHERE \(condition)
                """,
            arguments: arguments
        ).map { row in
            TeamAnswer(
                id: TeamAnswer.ID(row[0]), conversation: Conversation.ID(row[1]), rooftop: row[2],
                to: (row[3] as String) == "email" ? .email(row[4]) : .phone(row[4]), text: row[5], inReplyTo: row[6],
                touch: (row[7] as Int64?).map { Touch.ID($0) })
        }
    }

    public func settle(_ answer: TeamAnswer.ID, _ outcome: SendOutcome, at now: Timestamp) async throws {
        let (state, detail): (TeamAnswer.State, String) =
            switch outcome {
            case .accepted(let id): (.accepted, id)
            case .notAccepted(_, let reason), .halted(let reason), .rejected(_, let reason): (.rejected, reason)
            case .uncertain(let reason): (.uncertain, reason)
            }
        try await file.write { database in
            let conversation = try Int64.fetchOne(
                database,
                sql: "UPDATE team_answer SET state = ?, detail = ?, settled_at = ? WHERE id = ? AND state = 'sending' RETURNING conversation_id",
                arguments: [state.rawValue, detail, now.secondsSince1970, answer.number])
            guard let conversation, state != .rejected else { return }
            try database.execute(
                sql: "UPDATE conversation SET state = 'answered', changed_at = ? WHERE id = ? AND state = 'open'",
                arguments: [now.secondsSince1970, conversation])
        }
    }

    public func queueCall(_ intent: Intent, at now: Timestamp) async throws {
        try await file.write { database in
            try database.execute(
                sql: "INSERT INTO call_task (touch_id, rooftop_id, queued_at) SELECT id, rooftop_id, ? FROM touch WHERE id = ? ON CONFLICT DO NOTHING",
                arguments: [now.secondsSince1970, intent.touch.number])
        }
    }

    public func calls(rooftops: [String]?, limit: Int) async throws -> [CallTask] {
        try await file.read { database in
            var arguments = StatementArguments(rooftops ?? [])
            arguments += [limit]
            let marks = Array(repeating: "?", count: rooftops?.count ?? 0).joined(separator: ", ")
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT call_task.touch_id, rooftop.name, attempt.address, customer_name, ro_number, body, queued_at FROM call_task
                    JOIN touch ON touch.id = call_task.touch_id JOIN rooftop ON rooftop.id = call_task.rooftop_id
                    JOIN attempt ON attempt.touch_id = touch.id AND attempt.generation = touch.generation
                    JOIN enrollment ON enrollment.id = enrollment_id JOIN repair_order ON repair_order.id = origin_id
                    LEFT JOIN contact_point AS phone ON phone.id = phone_point_id
                    WHERE call_task.outcome IS NULL AND phone.opted_out_at IS NULL
                    AND (ended_at IS NULL OR ended_because = 'complete')\(rooftops == nil ? "" : " AND rooftop.name IN (\(marks))")
                    ORDER BY queued_at, call_task.touch_id LIMIT ?
                    """,
                arguments: arguments
            ).map { row in
                CallTask(
                    touch: Touch.ID(row[0]), rooftop: row[1], phone: row[2], customer: row[3], roNumber: RepairOrder.Number(row[4]),
                    talkingPoints: row[5], queuedAt: row.timestamp(6))
            }
        }
    }

    public func settleCall(_ touch: Touch.ID, _ outcome: CallTask.Outcome, at now: Timestamp) async throws -> Bool {
        try await file.write { database in
            try database.execute(
                sql: "UPDATE call_task SET outcome = ?, done_at = ? WHERE touch_id = ? AND outcome IS NULL",
                arguments: [outcome.rawValue, now.secondsSince1970, touch.number])
            guard database.changesCount == 1 else { return false }
            let row = try Row.fetchOne(
                database, sql: "SELECT touch.rooftop_id, phone_point_id FROM touch JOIN enrollment ON enrollment.id = enrollment_id WHERE touch.id = ?",
                arguments: [touch.number])
            guard let row, let point: Int64 = row[1] else { return true }
            switch outcome {
            case .noAnswer: break
            case .stop: try Self.optOut(point, now, in: database)
            case .wrongNumber: try ContactPointTable.note(.addressInvalid, of: point, on: .call, at: now, in: database)
            case .reached, .booked:
                let date = try RooftopTable.zone(ofID: row[0], in: database).localDate(at: now)
                try Self.answer(row[0], point, outcome == .booked, on: date, at: now, in: database)
            }
            return true
        }
    }
}
