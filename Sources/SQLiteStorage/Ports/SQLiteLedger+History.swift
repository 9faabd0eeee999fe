public import FollowUp
internal import GRDB

extension SQLiteLedger {
    public func hookRecords(
        rooftop: String, since: Timestamp, after: RecordedDraft.Place?, limit: Int
    ) async throws -> [RecordedDraft] {
        try await file.read { database in
            try HookRecordTable.page(rooftop: rooftop, since: since, after: after, limit: limit, in: database)
        }
    }

    public func history(of touch: Touch.ID) async throws -> TouchHistory? {
        try await file.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT rooftop.name, kind, planned_on, due_at, look_at, state, is_late, enrollment.visit_on, origin.ro_number,
                    newest.customer_name, newest.customer_first_name, origin.vehicle_year, origin.vehicle_make,
                    origin.vehicle_model, ended_because, enrollment.id, phone_point_id, email_point_id, enrolled_at
                    FROM touch JOIN enrollment ON enrollment.id = enrollment_id
                    JOIN repair_order AS origin ON origin.id = origin_id
                    JOIN repair_order AS newest ON newest.id = enrollment.repair_order_id
                    JOIN rooftop ON rooftop.id = touch.rooftop_id WHERE touch.id = ?
                    """,
                arguments: [touch.number])
            guard let row else { return nil }
            let items = try Row.fetchAll(
                database, sql: "SELECT category_name, state FROM follow_up_item WHERE enrollment_id = ? ORDER BY id",
                arguments: [row[15] as Int64])
            return TouchHistory(
                id: touch, rooftop: row[0], kind: try row.named(1), plannedOn: try row.date(2), dueAt: row.timestamp(3),
                looksAt: row.timestamp(4), state: try row.named(5), isLate: row[6], visitOn: try row.date(7),
                roNumber: RepairOrder.Number(row[8]), customer: Customer(name: row[9], firstName: row[10]),
                vehicle: Vehicle(year: row[11], make: row[12], model: row[13]),
                items: items.map { (name: $0[0], state: $0[1]) }, ended: try row.optionalNamed(14),
                entries: try Self.entries(of: touch, points: [row[16], row[17]], since: row[18], in: database))
        }
    }

    private static func entries(
        of touch: Touch.ID, points: [Int64?], since: Int64, in database: Database
    ) throws -> [TouchHistory.Entry] {
        var entries: [TouchHistory.Entry] = []
        let id: StatementArguments = [touch.number]
        var records = try HookRecordTable.records(of: touch, in: database)
        var intended: [TouchHistory.Entry] = []
        let attempts = try Row.fetchAll(
            database,
            sql: """
                SELECT intended_at, channel, subject, body, not_after, bundle_sha256, outcome, detail, settled_at, generation, provider_id
                FROM attempt WHERE touch_id = ? ORDER BY generation
                """,
            arguments: id)
        for row in attempts {
            let message = Message(try row.named(1), subject: row[2], body: row[3])
            intended.append(
                .init(
                    at: row.timestamp(0), what: .intended(message, notAfter: row.timestamp(4), bundleSHA256: row[5]),
                    hooks: records.removeValue(forKey: (row[9] as Touch.Generation) - 1)))
            if let outcome: String = row[6] {
                let words = outcome == "not_accepted" ? "not accepted" : outcome
                intended.append(.init(at: row.timestamp(8), what: .settled((row[7] as String? ?? row[10]).map { "\(words): \($0)" } ?? words)))
            }
        }
        // Of the records without an attempt there is one at most: a touch that the scripts left out isn't written again.
        let left = records.first?.value
        let decisions = "SELECT decided_at, verdict FROM decision WHERE touch_id = ? ORDER BY id"
        for row in try Row.fetchAll(database, sql: decisions, arguments: id) {
            entries.append(.init(at: row.timestamp(0), what: .decided(row[1])))
        }
        if let left, let last = entries.popLast() { entries.append(.init(at: last.at, what: last.what, hooks: left)) }
        entries += intended
        let failures = "SELECT failed_at, function, reason FROM script_failure WHERE touch_id = ? ORDER BY id"
        for row in try Row.fetchAll(database, sql: failures, arguments: id) {
            entries.append(.init(at: row.timestamp(0), what: .scriptFailed(ScriptFailure(function: row[1], reason: row[2]))))
        }
        let reports = "SELECT reported_at, status, problem, detail FROM delivery WHERE touch_id = ? ORDER BY id"
        for row in try Row.fetchAll(database, sql: reports, arguments: id) {
            let status = (row[1] as String).replacing("_", with: " ")
            let detail = [(row[2] as String?)?.replacing("_", with: " "), row[3]].compactMap { $0 as String? }.joined(separator: ", ")
            entries.append(.init(at: row.timestamp(0), what: .reported(detail.isEmpty ? status : "\(status): \(detail)")))
        }
        let inbound = try Row.fetchAll(
            database,
            sql: """
                SELECT received_at, meaning FROM inbound WHERE contact_point_id IN (?, ?) AND received_at >= ? ORDER BY id
                """,
            arguments: [points[0], points[1], since])
        for row in inbound {
            let words = [
                "reply": "replied", "interest": "wants the work done", "ambiguous": "wrote what may mean stop", "booking": "booked",
                "opt_out": "opted out", "opt_in": "opted in again", "help": "asked who we are", "call_request": "asks to be called",
            ]
            entries.append(.init(at: row.timestamp(0), what: .inbound("the customer " + (words[row[1]] ?? row[1]))))
        }
        return entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }
}
