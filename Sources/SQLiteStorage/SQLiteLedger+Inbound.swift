public import FollowUp
internal import GRDB

extension SQLiteLedger {
    /// An answer belongs to follow-ups that wrote to the contact point within this many days.
    private static let answerDays: Int64 = 60

    public func record(_ inbound: Inbound) async throws {
        try await file.write { database in
            let rooftopID = try RooftopTable.id(of: inbound.rooftop, in: database)
            let point = try ContactPointTable.id(of: inbound.from, in: database)
            let (meaning, body) = Self.meaning(of: inbound.kind)
            try database.execute(
                sql: "INSERT INTO inbound (rooftop_id, contact_point_id, meaning, body, received_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [rooftopID, point, meaning, body, inbound.at.secondsSince1970])
            switch meaning {
            case "opt_out": try Self.optOut(point, inbound.at, in: database)
            case "reply", "booking":
                let isBooking = meaning == "booking"
                let date = try RooftopTable.zone(ofID: rooftopID, in: database).localDate(at: inbound.at)
                try Self.answer(rooftopID, point, isBooking, on: date, at: inbound.at, in: database)
            default: break
            }
        }
    }

    private static func meaning(of kind: Inbound.Kind) -> (meaning: String, body: String?) {
        switch kind {
        case .booking: ("booking", nil)
        case .reply(let text): (ReplyMeaning(of: text).rawValue, text)
        }
    }

    /// Nothing more goes to the contact point, of whatever rooftop; a follow-up that has no other one ends.
    private static func optOut(_ point: Int64, _ now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: "UPDATE contact_point SET opted_out_at = coalesce(opted_out_at, ?) WHERE id = ?",
            arguments: [now.secondsSince1970, point])
        let over = try Int64.fetchAll(
            database,
            sql: """
                SELECT enrollment.id FROM enrollment
                LEFT JOIN contact_point AS other ON other.id = CASE WHEN phone_point_id = ?1 THEN email_point_id ELSE phone_point_id END
                WHERE (phone_point_id = ?1 OR email_point_id = ?1) AND ended_at IS NULL
                AND (other.id IS NULL OR other.opted_out_at IS NOT NULL)
                """,
            arguments: [point])
        for enrollment in over { try EnrollmentTables.end(enrollment, .optedOut, at: now, in: database) }
    }

    private static func answer(
        _ rooftopID: Int64, _ point: Int64, _ isBooking: Bool, on date: LocalDate, at now: Timestamp, in database: Database
    ) throws {
        let enrollments = try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM enrollment WHERE (phone_point_id = ?1 OR email_point_id = ?1) AND rooftop_id = ?2
                AND (ended_at IS NULL OR EXISTS
                (SELECT 1 FROM touch WHERE enrollment_id = enrollment.id AND sent_at > ?3))
                """,
            arguments: [point, rooftopID, now.secondsSince1970 - answerDays * Timestamp.secondsPerDay])
        let column = isBooking ? "booked_on" : "replied_on"
        for enrollment in enrollments {
            try database.execute(
                sql: "UPDATE follow_up_item SET \(column) = coalesce(\(column), ?) WHERE enrollment_id = ? AND state = 'open'",
                arguments: [date.description, enrollment])
            try EnrollmentTables.end(enrollment, isBooking ? .booked : .replied, at: now, in: database)
        }
    }
}
