internal import FollowUp
internal import GRDB

/// Enrollments with their items: what the planner reads and changes.
struct EnrollmentTables {
    let database: Database
    let rooftop: String
    let rooftopID: Int64
    let now: Timestamp

    /// Gathers what the ledger holds around a repair order.
    func visit(of repairOrderID: Int64) throws -> ArrivedVisit {
        let order = try RepairOrderTables.published.fetch("WHERE id = ?", [repairOrderID], in: database)[0]
        let related = try relatedOrders(to: order, repairOrderID)
        let own = try itemIDs("repair_order_id = ? AND state <> 'withdrawn'", repairOrderID)
        var others = Set(try itemIDs("closed_by_id = ? AND state = 'closed'", repairOrderID))
        for id in related { others.formUnion(try itemIDs("repair_order_id = ? AND state = 'open'", id)) }
        var visit = ArrivedVisit(repairOrder: order, running: try enrollments(ofItems: others.union(own)))
        for enrollment in visit.running {
            others.formUnion(try itemIDs("enrollment_id = ? AND state IN ('open', 'declined_again')", enrollment.id.number))
        }
        visit.ownItems = try own.map { try item($0) }
        visit.otherItems = try others.subtracting(own).sorted().map { try item($0) }
        visit.later = try related.flatMap { id in
            try RepairOrderTables.published.fetch(
                "WHERE id = ? AND closed_on >= ? AND status = 'closed'", [id, order.closedOn.description], in: database)
        }.sorted { ($0.closedOn, $0.roNumber) < ($1.closedOn, $1.roNumber) }
        return visit
    }

    func apply(_ change: PlanChange, of repairOrderID: Int64, _ order: RepairOrder) throws {
        switch change {
        case .enroll(let items, let touches): try enroll(items, touches, repairOrderID, order)
        case .merge(let items, let enrollment): try insert(items, into: enrollment, repairOrderID)
        case .describe(let item, let described): try describe(item, described)
        case .declinedAgain(let item): try set(item, "state = 'declined_again'")
        case .withdraw(let item): try set(item, "state = 'withdrawn'")
        case .close(let item, let closure): try close(item, closure, repairOrderID)
        case .reopen(let item):
            try set(item, "state = 'open', closed_by_id = NULL, closed_on = NULL, is_done_elsewhere = NULL, recovered_cents = NULL")
        case .visited(let enrollment, let date):
            try database.cachedStatement(sql: "UPDATE enrollment SET latest_visit_on = ? WHERE id = ?")
                .execute(arguments: [date.description, enrollment.number])
        case .readdress(let enrollment): try readdress(enrollment, repairOrderID, order)
        case .replan(let enrollment, let visitOn, let touches): try replan(enrollment, visitOn, touches)
        case .end(let enrollment, let end): try Self.end(enrollment.number, end, at: now, in: database)
        case .lookAgain(let numbers):
            let sql = "UPDATE repair_order SET awaits_planning = 1 WHERE rooftop_id = ? AND ro_number = ?"
            for number in numbers { try database.cachedStatement(sql: sql).execute(arguments: [rooftopID, number.text]) }
        }
    }

    /// Ends a running enrollment and suppresses what is planned of it, each touch with the reason.
    static func end(_ enrollment: Int64, _ end: EnrollmentEnd, at now: Timestamp, in database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE enrollment SET ended_at = ?, ended_because = ? WHERE id = ? AND ended_at IS NULL"
        ).execute(arguments: [now.secondsSince1970, end.rawValue, enrollment])
        guard end != .complete else { return }
        try database.cachedStatement(
            sql: """
                INSERT INTO decision (touch_id, decided_at, verdict)
                SELECT id, ?, ? FROM touch WHERE enrollment_id = ? AND state = 'planned' ORDER BY id
                """
        ).execute(arguments: [now.secondsSince1970, Verdict.suppress(.ended(end)).description, enrollment])
        try database.cachedStatement(sql: "UPDATE touch SET state = 'suppressed' WHERE enrollment_id = ? AND state = 'planned'")
            .execute(arguments: [enrollment])
    }

    private func enroll(
        _ items: [ClassifiedItem], _ touches: [PlannedTouch], _ repairOrderID: Int64, _ order: RepairOrder
    ) throws {
        let points = try ContactPointTable.ids(of: order.customer, in: database)
        let visitOn = order.closedOn.description
        try database.cachedStatement(
            sql: """
                INSERT INTO enrollment (rooftop_id, origin_id, repair_order_id, visit_on, latest_visit_on, phone_point_id,
                email_point_id, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            rooftopID, repairOrderID, repairOrderID, visitOn, visitOn, points.phone, points.email, now.secondsSince1970,
        ])
        let enrollment = Enrollment.ID(database.lastInsertedRowID)
        try insert(items, into: enrollment, repairOrderID)
        try insert(touches, of: enrollment)
    }

    private func insert(_ items: [ClassifiedItem], into enrollment: Enrollment.ID, _ repairOrderID: Int64) throws {
        let sql = """
            INSERT INTO follow_up_item (enrollment_id, repair_order_id, state, visit_on, op_code, description, price_cents,
            severity, condition_measure, condition_value, condition_unit, category_code, category_name, tier, is_safety,
            added_at) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        for item in items {
            let declined = item.item
            try database.cachedStatement(sql: sql).execute(arguments: [
                enrollment.number, repairOrderID, item.visitOn.description, declined.opCode, declined.description,
                declined.priceCents, declined.severity?.rawValue, declined.condition?.measure.rawValue,
                declined.condition?.value, declined.condition?.unit.rawValue, item.category.code, item.category.name,
                item.tier.rawValue, item.category.isSafety, now.secondsSince1970,
            ])
        }
    }

    private func insert(_ touches: [PlannedTouch], of enrollment: Enrollment.ID) throws {
        let sql = """
            INSERT INTO touch (rooftop_id, enrollment_id, kind, planned_on, due_at, look_at, season, is_late, is_last, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        for (place, touch) in touches.enumerated() {
            let isExpired = touch.state == .expired
            try database.cachedStatement(sql: sql).execute(arguments: [
                rooftopID, enrollment.number, touch.kind.rawValue, touch.plannedOn.description,
                touch.dueAt.secondsSince1970, touch.dueAt.secondsSince1970, touch.season?.rawValue, touch.isLate,
                place == touches.count - 1, isExpired ? "expired" : "planned",
            ])
            guard isExpired else { continue }
            let verdict = Verdict.expire(.arrivedTooLate(lastDay: touch.lastDay)).description
            try database.cachedStatement(sql: "INSERT INTO decision (touch_id, decided_at, verdict) VALUES (?, ?, ?)")
                .execute(arguments: [database.lastInsertedRowID, now.secondsSince1970, verdict])
        }
        if touches.allSatisfy({ $0.state == .expired }) {
            try Self.end(enrollment.number, .complete, at: now, in: database)
        }
    }

    private func describe(_ item: FollowedItem.ID, _ described: ClassifiedItem) throws {
        let declined = described.item
        try database.cachedStatement(
            sql: """
                UPDATE follow_up_item SET visit_on = ?, op_code = ?, description = ?, price_cents = ?, severity = ?,
                condition_measure = ?, condition_value = ?, condition_unit = ?, category_code = ?, category_name = ?,
                tier = ?, is_safety = ? WHERE id = ?
                """
        ).execute(arguments: [
            described.visitOn.description, declined.opCode, declined.description, declined.priceCents,
            declined.severity?.rawValue, declined.condition?.measure.rawValue, declined.condition?.value,
            declined.condition?.unit.rawValue, described.category.code, described.category.name, described.tier.rawValue,
            described.category.isSafety, item.number,
        ])
    }

    private func close(_ item: FollowedItem.ID, _ closure: Closure, _ repairOrderID: Int64) throws {
        let recovered: Int?
        switch closure.outcome {
        case .performed(let cents): recovered = cents
        case .doneElsewhere: recovered = nil
        }
        try database.cachedStatement(
            sql: """
                UPDATE follow_up_item SET state = 'closed', closed_by_id = ?, closed_on = ?, is_done_elsewhere = ?,
                recovered_cents = ? WHERE id = ?
                """
        ).execute(arguments: [repairOrderID, closure.closedOn.description, recovered == nil, recovered, item.number])
    }

    private func set(_ item: FollowedItem.ID, _ assignment: String) throws {
        try database.cachedStatement(sql: "UPDATE follow_up_item SET \(assignment) WHERE id = ?")
            .execute(arguments: [item.number])
    }

    private func readdress(_ enrollment: Enrollment.ID, _ repairOrderID: Int64, _ order: RepairOrder) throws {
        let points = try ContactPointTable.ids(of: order.customer, in: database)
        try database.cachedStatement(
            sql: """
                UPDATE enrollment SET repair_order_id = ?, phone_point_id = ?, email_point_id = ? WHERE id = ?
                """
        ).execute(arguments: [repairOrderID, points.phone, points.email, enrollment.number])
    }

    private func replan(_ enrollment: Enrollment.ID, _ visitOn: LocalDate, _ touches: [PlannedTouch]) throws {
        let mine: StatementArguments = [enrollment.number]
        try database.execute(
            sql: "DELETE FROM decision WHERE touch_id IN (SELECT id FROM touch WHERE enrollment_id = ?)", arguments: mine)
        try database.execute(sql: "DELETE FROM touch WHERE enrollment_id = ?", arguments: mine)
        try database.execute(
            sql: "UPDATE enrollment SET visit_on = ?, latest_visit_on = max(?, latest_visit_on) WHERE id = ?",
            arguments: [visitOn.description, visitOn.description, enrollment.number])
        try insert(touches, of: enrollment)
    }

    /// Repair orders of the rooftop with the same vehicle, phone, e-mail address or customer number.
    private func relatedOrders(to order: RepairOrder, _ id: Int64) throws -> [Int64] {
        let keys: [(String, String?)] = [
            ("vehicle_vin", order.vehicle.vin), ("customer_phone", order.customer.phone),
            ("customer_email", order.customer.email), ("customer_number", order.customer.customerNumber),
        ]
        var related: Set<Int64> = []
        for case (let column, let value?) in keys where !value.isEmpty {
            let sql = "SELECT id FROM repair_order WHERE \(column) = ? AND rooftop_id = ?"
            related.formUnion(try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [value, rooftopID]))
        }
        related.remove(id)
        return related.sorted()
    }

    private func enrollments(ofItems items: Set<Int64>) throws -> [Enrollment] {
        guard !items.isEmpty else { return [] }
        let sql = """
            SELECT enrollment.id, origin.ro_number, enrollment.visit_on, latest_visit_on,
            EXISTS (SELECT 1 FROM touch WHERE enrollment_id = enrollment.id AND generation > 0),
            newest.customer_name, newest.customer_phone, newest.customer_email, newest.customer_number, origin.vehicle_vin
            FROM follow_up_item JOIN enrollment ON enrollment.id = enrollment_id
            JOIN repair_order AS origin ON origin.id = origin_id
            JOIN repair_order AS newest ON newest.id = enrollment.repair_order_id
            WHERE follow_up_item.id = ? AND ended_at IS NULL
            """
        var found: [Int64: Enrollment] = [:]
        for item in items {
            guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [item]) else { continue }
            found[row[0]] = Enrollment(
                id: .init(row[0]), roNumber: .init(row[1]), visitOn: try row.date(2), latestVisitOn: try row.date(3),
                isContacted: row[4],
                customer: Customer(name: row[5], phone: row[6], email: row[7], customerNumber: row[8]),
                vehicle: Vehicle(vin: row[9]))
        }
        return found.values.sorted { $0.id.number < $1.id.number }
    }

    private func itemIDs(_ condition: String, _ id: Int64) throws -> [Int64] {
        let sql = "SELECT id FROM follow_up_item WHERE \(condition) ORDER BY id"
        return try Int64.fetchAll(database.cachedStatement(sql: sql), arguments: [id])
    }

    private func item(_ id: Int64) throws -> FollowedItem {
        let sql = """
            SELECT enrollment_id, repair_order.ro_number, closer.ro_number, repair_order.customer_name,
            repair_order.customer_phone, repair_order.customer_email, repair_order.customer_number, repair_order.vehicle_vin,
            added_at, state, \(ItemColumns.list)
            FROM follow_up_item JOIN repair_order ON repair_order.id = repair_order_id
            LEFT JOIN repair_order AS closer ON closer.id = closed_by_id WHERE follow_up_item.id = ?
            """
        guard let row = try Row.fetchOne(database.cachedStatement(sql: sql), arguments: [id]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "item \(id) has no repair order")
        }
        let sent = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT sent_at FROM touch WHERE enrollment_id = ? AND sent_at >= ? AND state IN ('accepted', 'delivered')
                    ORDER BY sent_at
                    """),
            arguments: [row[0] as Int64, row[8] as Int64])
        let zone = try sent.isEmpty ? .utc : RooftopTable.zone(ofID: rooftopID, in: database)
        let open = OpenItem(
            rooftop: rooftop, roNumber: .init(row[1]), declined: try ItemColumns.item(row, from: 10),
            customer: Customer(name: row[3], phone: row[4], email: row[5], customerNumber: row[6]),
            vehicle: Vehicle(vin: row[7]), acceptedOn: sent.map { zone.localDate(at: Timestamp(secondsSince1970: $0)) })
        return FollowedItem(
            id: .init(id), enrollment: .init(row[0]), open: open, closedBy: (row[2] as String?).map { RepairOrder.Number($0) },
            isDeclinedAgain: row[9] == "declined_again")
    }
}

/// The columns of an item that say what was declined.
enum ItemColumns {
    static let list = "follow_up_item.visit_on, op_code, description, price_cents, severity, condition_measure, condition_value, "
        + "condition_unit, category_code, category_name, tier, is_safety"

    static func item(_ row: Row, from first: Int) throws -> ClassifiedItem {
        var condition: Condition?
        if let measure: Condition.Measure = try row.optionalNamed(first + 5) {
            condition = Condition(measure: measure, value: row[first + 6], unit: try row.named(first + 7))
        }
        return ClassifiedItem(
            item: DeclinedItem(
                opCode: row[first + 1], description: row[first + 2], priceCents: row[first + 3],
                severity: try row.optionalNamed(first + 4), condition: condition),
            category: ServiceCategory(
                code: row[first + 8], name: row[first + 9], tier: try row.named(first + 10), isSafety: row[first + 11]),
            visitOn: try row.date(first))
    }
}
