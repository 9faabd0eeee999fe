public import FollowUp
internal import GRDB

extension SQLiteLedger {
    /// An answer belongs to follow-ups that wrote to the contact point within this many days.
    private static let answerDays: Int64 = 60

    @discardableResult
    public func record(_ inbound: Inbound) async throws -> InboundReceipt {
        try await file.write { database in
            if let told = try Self.receipt(of: inbound.providerID, in: database) { return told }
            let rooftopID = try RooftopTable.id(of: inbound.rooftop, in: database)
            let point = try ContactPointTable.id(of: inbound.from, in: database)
            let hadOptedOut = try Bool.fetchOne(
                database.cachedStatement(sql: "SELECT opted_out_at IS NOT NULL FROM contact_point WHERE id = ?"), arguments: [point]) ?? false
            let (meaning, body) = Self.meaning(of: inbound.kind, hadOptedOut)
            let answer = Self.answer(to: meaning, hadOptedOut)
            let conversation = try ConversationTable.take(
                rooftopID, point, inbound.from, as: ConversationTable.state(after: meaning), at: inbound.at, in: database)
            try database.cachedStatement(
                sql: """
                    INSERT INTO inbound (rooftop_id, contact_point_id, conversation_id, touch_id, provider_id, meaning, body, answer, received_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """
            ).execute(arguments: [
                rooftopID, point, conversation.number, inbound.touch?.number, inbound.providerID, meaning, body, answer?.rawValue,
                inbound.at.secondsSince1970,
            ])
            switch meaning {
            case "opt_out": try Self.optOut(point, inbound.at, in: database)
            case "opt_in": try database.execute(sql: "UPDATE contact_point SET opted_out_at = NULL WHERE id = ?", arguments: [point])
            case "help": break
            default:
                let isBooking = meaning == "booking"
                let date = try RooftopTable.zone(ofID: rooftopID, in: database).localDate(at: inbound.at)
                try Self.answer(rooftopID, point, isBooking, on: date, at: inbound.at, in: database)
                if meaning == "ambiguous" { try Self.hold(point, at: inbound.at, in: database) }
            }
            return InboundReceipt(isNew: true, meaning: body == nil ? nil : ReplyMeaning(rawValue: meaning), conversation: conversation, answer: answer)
        }
    }

    public func rooftop(lastWritingTo point: ContactPoint) async throws -> String? {
        try await file.read { database in
            try String.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT rooftop.name FROM attempt JOIN touch ON touch.id = touch_id JOIN rooftop ON rooftop.id = rooftop_id
                        WHERE address = ? AND attempt.channel IN (\(point.channels)) ORDER BY intended_at DESC LIMIT 1
                        """),
                arguments: [point.address])
        }
    }

    /// What was answered when the provider told of the message before.
    private static func receipt(of providerID: String?, in database: Database) throws -> InboundReceipt? {
        guard let providerID,
            let row = try Row.fetchOne(
                database.cachedStatement(sql: "SELECT meaning, conversation_id, answer, body FROM inbound WHERE provider_id = ?"), arguments: [providerID])
        else { return nil }
        return InboundReceipt(
            isNew: false, meaning: (row[3] as String?) == nil ? nil : ReplyMeaning(rawValue: row[0]),
            conversation: Conversation.ID(row[1] ?? 0), answer: try row.optionalNamed(2))
    }

    private static func meaning(of kind: Inbound.Kind, _ hadOptedOut: Bool) -> (meaning: String, body: String?) {
        switch kind {
        case .booking: ("booking", nil)
        case .callRequest: ("call_request", nil)
        case .optOut: ("opt_out", nil)
        case .reply(let text): (ReplyMeaning(of: text, hasOptedOut: hadOptedOut).rawValue, text)
        }
    }

    /// An opt-out is confirmed once.
    private static func answer(to meaning: String, _ hadOptedOut: Bool) -> InboundReceipt.AutomaticAnswer? {
        switch meaning {
        case "opt_out": hadOptedOut ? nil : .optedOut
        case "opt_in": .optedIn
        case "help": .help
        default: nil
        }
    }

    /// Nothing goes to the contact point, of whatever rooftop, until a person has looked.
    private static func hold(_ point: Int64, at now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: "UPDATE contact_point SET held_at = coalesce(held_at, ?) WHERE id = ?", arguments: [now.secondsSince1970, point])
    }

    /// Nothing more goes to the contact point, of whatever rooftop; a follow-up that has no other one ends.
    static func optOut(_ point: Int64, _ now: Timestamp, in database: Database) throws {
        try database.execute(
            sql: "UPDATE contact_point SET opted_out_at = coalesce(opted_out_at, ?), held_at = NULL WHERE id = ?",
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

    static func answer(
        _ rooftopID: Int64, _ point: Int64, _ isBooking: Bool, on date: LocalDate, at now: Timestamp, in database: Database
    ) throws {
        let enrollments = try Int64.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT id FROM enrollment WHERE (phone_point_id = ?1 OR email_point_id = ?1) AND rooftop_id = ?2
                    AND (ended_at IS NULL OR EXISTS
                    (SELECT 1 FROM touch WHERE enrollment_id = enrollment.id AND sent_at > ?3))
                    """),
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

extension ContactPoint {
    /// The channels that reach it, as SQL.
    fileprivate var channels: String {
        switch self {
        case .phone: "'sms', 'call'"
        case .email: "'email'"
        }
    }
}
