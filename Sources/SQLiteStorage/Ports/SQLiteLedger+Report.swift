public import FollowUp
internal import GRDB

extension SQLiteLedger {
    public func reportItems(rooftops: [String]?) async throws -> [ReportItem] {
        try await file.read { database in
            let sent = try Self.sentTouches(in: database)
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT rooftop.name, dealer_group, zone, tier, visit_on, price_cents, added_at, replied_on, booked_on,
                    follow_up_item.closed_on, recovered_cents, enrollment_id
                    FROM follow_up_item JOIN repair_order ON repair_order.id = repair_order_id
                    JOIN rooftop ON rooftop.id = repair_order.rooftop_id
                    WHERE state IN ('open', 'closed') ORDER BY follow_up_item.id
                    """)
            var items: [ReportItem] = []
            while let row = try rows.next() {
                let rooftop: String = row[0]
                guard rooftops?.contains(rooftop) ?? true else { continue }
                let zone = try RooftopTable.zone(named: row[2])
                var item = ReportItem(
                    rooftop: rooftop, group: row[1], tier: try row.named(3), declinedOn: try row.date(4), priceCents: row[5],
                    repliedOn: try row.optionalDate(7), bookedOn: try row.optionalDate(8))
                if let recovered: Int = row[10] {
                    item.closedOn = try row.optionalDate(9)
                    item.recoveredCents = recovered
                }
                let addedAt: Int64 = row[6]
                for touch in sent[row[11]] ?? [] where touch.sentAt.secondsSince1970 >= addedAt {
                    let date = zone.localDate(at: touch.sentAt)
                    if item.contactedOn == nil { item.contactedOn = date }
                    if let closedOn = item.closedOn, date >= closedOn { break }
                    item.lastTouchKind = touch.kind
                    item.channel = touch.channel
                }
                items.append(item)
            }
            return items
        }
    }

    public func touchCounts() async throws -> [Touch.State: Int] {
        try await file.read { database in
            let rows = try Row.fetchAll(database, sql: "SELECT state, count(*) FROM touch GROUP BY state")
            return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.named(0), $0[1]) })
        }
    }

    public func scriptFailures(rooftops: [String]?, since: Timestamp, limit: Int) async throws -> [CountedFailure] {
        try await file.read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT name, function, reason, count(*) FROM script_failure JOIN rooftop ON rooftop.id = rooftop_id
                    WHERE failed_at >= ? GROUP BY name, function, reason ORDER BY count(*) DESC, name, function, reason
                    """,
                arguments: [since.secondsSince1970])
            return rows.filter { rooftops?.contains($0[0] as String) ?? true }.prefix(limit).map {
                CountedFailure(rooftop: $0[0], failure: ScriptFailure(function: $0[1], reason: $0[2]), count: $0[3])
            }
        }
    }

    public func touches(rooftop: String?, roNumber: RepairOrder.Number) async throws -> [Touch.ID] {
        try await file.read { database in
            try Int64.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT touch.id FROM touch JOIN follow_up_item ON follow_up_item.enrollment_id = touch.enrollment_id
                    JOIN repair_order ON repair_order.id = follow_up_item.repair_order_id
                    JOIN rooftop ON rooftop.id = repair_order.rooftop_id
                    WHERE ro_number = ? AND (?2 IS NULL OR rooftop.name = ?2) ORDER BY touch.id
                    """,
                arguments: [roNumber.text, rooftop]
            ).map(Touch.ID.init)
        }
    }

    /// Touches that a provider accepted, by enrollment, oldest first.
    private static func sentTouches(in database: Database) throws -> [Int64: [SentTouch]] {
        var sent: [Int64: [SentTouch]] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT enrollment_id, kind, channel, state, sent_at FROM touch WHERE state IN ('accepted', 'delivered')
                ORDER BY sent_at, id
                """)
        while let row = try rows.next() {
            sent[row[0], default: []].append(
                SentTouch(kind: try row.named(1), channel: try row.named(2), state: try row.named(3), sentAt: row.timestamp(4)))
        }
        return sent
    }
}
