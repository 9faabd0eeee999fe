public import FollowUp
internal import GRDB

extension SQLiteLedger: InboxLedger {
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

    public func beginAnswer(_ id: Conversation.ID, text: String, by: String, at now: Timestamp) async throws -> TeamAnswer? {
        try await file.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT contact_point.id, kind, address, opted_out_at, provider_id, rooftop.name FROM inbound
                    JOIN contact_point ON contact_point.id = contact_point_id JOIN rooftop ON rooftop.id = rooftop_id
                    WHERE conversation_id = ? ORDER BY inbound.id DESC LIMIT 1
                    """,
                arguments: [id.number])
            guard let row, (row[3] as Int64?) == nil else { return nil }
            try database.execute(
                sql: "INSERT INTO team_answer (conversation_id, contact_point_id, body, written_by, state, begun_at) VALUES (?, ?, ?, ?, 'sending', ?)",
                arguments: [id.number, row[0] as Int64, text, by, now.secondsSince1970])
            let to: ContactPoint = (row[1] as String) == "email" ? .email(row[2]) : .phone(row[2])
            return TeamAnswer(
                id: TeamAnswer.ID(database.lastInsertedRowID), conversation: id, rooftop: row[5], to: to, text: text, inReplyTo: row[4])
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
                    SELECT call_task.touch_id, rooftop.name, address, customer_name, ro_number, body, queued_at FROM call_task
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
