public import FollowUp
internal import GRDB

extension SQLiteLedger: LinkLedger {
    public func bookingLink(token: String, at now: Timestamp) async throws -> BookingLink? {
        try await file.read { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT touch.id, rooftop.name, coalesce(rooftop.title, rooftop.name), attempt.channel, attempt.address,
                    vehicle_year, vehicle_make, vehicle_model, enrollment.visit_on, ended_because, enrollment.id
                    FROM booking_link JOIN touch ON touch.id = booking_link.touch_id JOIN rooftop ON rooftop.id = touch.rooftop_id
                    JOIN enrollment ON enrollment.id = enrollment_id JOIN repair_order ON repair_order.id = origin_id
                    JOIN attempt ON attempt.touch_id = touch.id
                    WHERE token = ? AND expires_at > ? ORDER BY attempt.generation DESC LIMIT 1
                    """,
                arguments: [token, now.secondsSince1970])
            guard let row else { return nil }
            let channel: ContactChannel = try row.named(3)
            let items = try String.fetchAll(
                database, sql: "SELECT category_name FROM follow_up_item WHERE enrollment_id = ? AND state = 'open' ORDER BY id",
                arguments: [row[10] as Int64])
            return BookingLink(
                touch: Touch.ID(row[0]), rooftop: row[1], rooftopName: row[2],
                customer: channel == .email ? .email(row[4]) : .phone(row[4]),
                vehicle: Vehicle(year: row[5], make: row[6], model: row[7]), visitOn: try row.date(8), items: items,
                ended: try row.optionalNamed(9))
        }
    }

    public func count(_ visitor: LinkVisitor, token: String, at now: Timestamp) async throws {
        let column = visitor == .person ? "person_clicks" : "machine_clicks"
        try await file.write { database in
            try database.execute(
                sql: """
                    UPDATE booking_link SET \(column) = \(column) + 1,
                    first_clicked_at = CASE WHEN ?1 THEN coalesce(first_clicked_at, ?2) ELSE first_clicked_at END WHERE token = ?3
                    """,
                arguments: [visitor == .person, now.secondsSince1970, token])
        }
    }
}
