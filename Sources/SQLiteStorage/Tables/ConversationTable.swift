internal import FollowUp
internal import GRDB

/// Conversations: one for each customer and rooftop, whichever contact point they use.
enum ConversationTable {
    /// Gives the customer's conversation with the rooftop, begun now if there is none, in its new state; nil leaves the state as it is.
    static func take(
        _ rooftopID: Int64, _ point: Int64, _ from: ContactPoint, as state: Conversation.State?, at now: Timestamp, in database: Database
    ) throws -> Conversation.ID {
        let found = try Int64.fetchOne(
            database.cachedStatement(
                sql: "SELECT id FROM conversation WHERE rooftop_id = ?1 AND (phone_point_id = ?2 OR email_point_id = ?2) ORDER BY changed_at DESC"),
            arguments: [rooftopID, point])
        if let found {
            try database.cachedStatement(sql: "UPDATE conversation SET state = coalesce(?, state), changed_at = ? WHERE id = ?")
                .execute(arguments: [state?.rawValue, now.secondsSince1970, found])
            return Conversation.ID(found)
        }
        let points = try points(rooftopID, point, from, in: database)
        try database.cachedStatement(
            sql: "INSERT INTO conversation (rooftop_id, phone_point_id, email_point_id, state, changed_at) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [rooftopID, points.phone, points.email, (state ?? .closed).rawValue, now.secondsSince1970])
        return Conversation.ID(database.lastInsertedRowID)
    }

    /// Whose turn it is after something that the customer did; nil where that stays as it is.
    static func state(after meaning: String) -> Conversation.State? {
        switch meaning {
        case "opt_out": .closed
        case "booking": .booked
        case "help", "opt_in": nil
        default: .open
        }
    }

    static func list(rooftops: [String]?, states: Set<Conversation.State>, limit: Int, in database: Database) throws -> [Conversation] {
        let marks = { (count: Int) in Array(repeating: "?", count: count).joined(separator: ", ") }
        var arguments = StatementArguments(states.map(\.rawValue).sorted())
        var whose = ""
        if let rooftops {
            whose = " AND rooftop.name IN (\(marks(rooftops.count)))"
            arguments += StatementArguments(rooftops)
        }
        arguments += [limit]
        let rows = try Row.fetchAll(
            database, sql: "\(columns) WHERE conversation.state IN (\(marks(states.count)))\(whose) ORDER BY changed_at, conversation.id LIMIT ?",
            arguments: arguments)
        return try rows.map { try conversation($0, isWhole: false, in: database) }
    }

    static func find(_ id: Conversation.ID, in database: Database) throws -> Conversation? {
        let row = try Row.fetchOne(database, sql: "\(columns) WHERE conversation.id = ?", arguments: [id.number])
        return try row.map { try conversation($0, isWhole: true, in: database) }
    }

    /// The customer's points, as their newest follow-up knows them.
    private static func points(
        _ rooftopID: Int64, _ point: Int64, _ from: ContactPoint, in database: Database
    ) throws -> (phone: Int64?, email: Int64?) {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT phone_point_id, email_point_id FROM enrollment WHERE rooftop_id = ?1 AND (phone_point_id = ?2 OR email_point_id = ?2)
                    ORDER BY id DESC LIMIT 1
                    """),
            arguments: [rooftopID, point])
        if let row { return (row[0], row[1]) }
        switch from {
        case .phone: return (point, nil)
        case .email: return (nil, point)
        }
    }

    private static let columns = """
        SELECT conversation.id, rooftop.name, conversation.state, changed_at, phone_point_id, email_point_id,
        phone.address, email.address, coalesce(phone.held_at, email.held_at), conversation.rooftop_id
        FROM conversation JOIN rooftop ON rooftop.id = conversation.rooftop_id
        LEFT JOIN contact_point AS phone ON phone.id = phone_point_id LEFT JOIN contact_point AS email ON email.id = email_point_id
        """

    private static func conversation(_ row: Row, isWhole: Bool, in database: Database) throws -> Conversation {
        let id = Conversation.ID(row[0])
        let points: [Int64?] = [row[4], row[5]]
        let visit = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT enrollment.id, customer_name, customer_first_name, ro_number, closed_on, vehicle_year, vehicle_make, vehicle_model
                    FROM enrollment JOIN repair_order ON repair_order.id = origin_id
                    WHERE enrollment.rooftop_id = ?1 AND (phone_point_id = ?2 OR email_point_id = ?3) ORDER BY enrollment.id DESC LIMIT 1
                    """),
            arguments: [row[9] as Int64, points[0], points[1]])
        let items = try visit.map { visit in
            try String.fetchAll(
                database.cachedStatement(sql: "SELECT category_name FROM follow_up_item WHERE enrollment_id = ? AND state <> 'withdrawn' ORDER BY id"),
                arguments: [visit[0] as Int64])
        }
        var entries = try said(id, in: database)
        if isWhole { entries += try touches(row[9], points, in: database) }
        entries.sort { $0.at < $1.at }
        return Conversation(
            id: id, rooftop: row[1], state: try row.named(2), isHeld: (row[8] as Int64?) != nil,
            customer: Customer(name: visit?[1], firstName: visit?[2], phone: row[6], email: row[7]), changedAt: row.timestamp(3),
            roNumber: (visit?[3] as String?).map { RepairOrder.Number($0) }, closedOn: try visit?.date(4),
            vehicle: visit.map { Vehicle(year: $0[5], make: $0[6], model: $0[7]) } ?? Vehicle(), items: items ?? [],
            entries: isWhole ? entries : entries.suffix(1))
    }

    /// What customer and team said.
    private static func said(_ id: Conversation.ID, in database: Database) throws -> [Conversation.Entry] {
        let inbound = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT received_at, meaning, body FROM inbound WHERE conversation_id = ? ORDER BY id"),
            arguments: [id.number])
        let answers = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT begun_at, body, written_by, state FROM team_answer WHERE conversation_id = ? ORDER BY id"),
            arguments: [id.number])
        return try inbound.map { row in
            let words: Conversation.Words =
                switch row[1] as String {
                case "booking": .booking
                case "call_request": .callRequest
                case let meaning:
                    if let body: String = row[2], let meaning = ReplyMeaning(rawValue: meaning) { .reply(body, meaning) } else { .optOut }
                }
            return Conversation.Entry(at: row.timestamp(0), words: words)
        } + answers.map { row in
            Conversation.Entry(at: row.timestamp(0), words: .answer(row[1], by: row[2], try row.named(3)))
        }
    }

    /// What was sent to the customer by itself.
    private static func touches(_ rooftopID: Int64, _ points: [Int64?], in database: Database) throws -> [Conversation.Entry] {
        try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT intended_at, touch.id, attempt.channel, subject, body, state FROM enrollment JOIN touch ON enrollment_id = enrollment.id
                    JOIN attempt ON touch_id = touch.id AND attempt.generation = touch.generation
                    WHERE enrollment.rooftop_id = ?1 AND (phone_point_id = ?2 OR email_point_id = ?3) AND sent_at IS NOT NULL
                    """),
            arguments: [rooftopID, points[0], points[1]]
        ).map { row in
            Conversation.Entry(
                at: row.timestamp(0), words: .touch(Touch.ID(row[1]), Message(try row.named(2), subject: row[3], body: row[4]), try row.named(5)))
        }
    }
}
