internal import FollowUp
internal import GRDB

/// Phones and e-mail addresses, each with its last three contacts, oldest first, and its opt-out.
enum ContactPointTable {
    static func id(of point: ContactPoint, in database: Database) throws -> Int64 {
        let kind = kind(of: point)
        let found = try database.cachedStatement(sql: "SELECT id FROM contact_point WHERE address = ? AND kind = ?")
        if let id = try Int64.fetchOne(found, arguments: [point.address, kind]) { return id }
        try database.cachedStatement(sql: "INSERT INTO contact_point (kind, address) VALUES (?, ?)")
            .execute(arguments: [kind, point.address])
        return database.lastInsertedRowID
    }

    static func ids(of customer: Customer, in database: Database) throws -> (phone: Int64?, email: Int64?) {
        (
            try customer.phone.map { try id(of: .phone($0), in: database) },
            try customer.email.map { try id(of: .email($0), in: database) }
        )
    }

    /// Counts a contact for both points, or for neither: not when the one addressed has opted out, or when either was
    /// contacted within the spacing, or three times within the cap's period.
    static func take(
        phone: Int64?, email: Int64?, on channel: ContactChannel, at now: Timestamp, in database: Database
    ) throws -> Bool {
        let addressed = channel == .email ? email : phone
        let count = (phone == nil ? 0 : 1) + (email == nil ? 0 : 1)
        let arguments: StatementArguments = [
            phone, email, now.secondsSince1970 - ContactPolicy.capPeriodSeconds,
            now.secondsSince1970 - ContactPolicy.spacingSeconds, addressed,
            now.secondsSince1970,
        ]
        // Of two points the second may refuse, so both are asked before either is changed.
        if count == 2 {
            let free = try database.cachedStatement(sql: "SELECT count(*), ?6 FROM contact_point WHERE \(isFree)")
            guard try Int.fetchOne(free, arguments: arguments) == count else { return false }
        }
        try database.cachedStatement(
            sql: """
                UPDATE contact_point SET contact_1_at = contact_2_at, contact_2_at = contact_3_at, contact_3_at = ?6 WHERE \(isFree)
                """
        ).execute(arguments: arguments)
        return database.changesCount == count
    }

    private static let isFree =
        "id IN (?1, ?2) AND contact_1_at <= ?3 AND contact_3_at <= ?4 AND held_at IS NULL AND (opted_out_at IS NULL OR id <> ?5)"

    /// Takes back a contact that certainly didn't happen. What the row forgot when it was counted lay outside every period.
    static func release(phone: Int64?, email: Int64?, takenAt: Int64, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE contact_point SET contact_1_at = 0, contact_2_at = CASE WHEN contact_1_at = ?3 THEN contact_2_at ELSE contact_1_at END,
                contact_3_at = CASE WHEN contact_3_at = ?3 THEN contact_2_at ELSE contact_3_at END
                WHERE id IN (?1, ?2) AND ?3 IN (contact_1_at, contact_2_at, contact_3_at)
                """
        ).execute(arguments: [phone, email, takenAt])
    }

    /// Counts a contact that turned out to have happened after it had been taken back: the latest three are kept, in their order.
    static func countLate(phone: Int64?, email: Int64?, at: Int64, in database: Database) throws {
        try database.cachedStatement(
            sql: """
                UPDATE contact_point SET contact_1_at = CASE WHEN ?3 > contact_2_at THEN contact_2_at ELSE ?3 END,
                contact_2_at = CASE WHEN ?3 > contact_3_at THEN contact_3_at WHEN ?3 > contact_2_at THEN ?3 ELSE contact_2_at END,
                contact_3_at = max(contact_3_at, ?3) WHERE id IN (?1, ?2) AND contact_1_at < ?3
                """
        ).execute(arguments: [phone, email, at])
    }

    /// What a provider told of the address is kept for all touches to come.
    static func note(_ problem: DeliveryProblem, of point: Int64, on channel: ContactChannel, at now: Timestamp, in database: Database) throws {
        let undeliverable: String
        switch problem {
        case .optedOut: return try SQLiteLedger.optOut(point, now, in: database)
        case .filtered, .other: return
        case .addressInvalid: undeliverable = channel == .email ? "email" : "number"
        case .landline, .blocked: undeliverable = channel == .email ? "email" : "texts"
        case .unreachable:
            let count = try Int.fetchOne(
                database.cachedStatement(sql: "UPDATE contact_point SET unreached = unreached + 1 WHERE id = ? RETURNING unreached"),
                arguments: [point])
            guard count ?? 0 >= unreachedMost else { return }
            undeliverable = channel == .email ? "email" : "texts"
        }
        try database.cachedStatement(
            sql: "UPDATE contact_point SET undeliverable = ? WHERE id = ? AND (undeliverable IS NULL OR undeliverable = 'texts')"
        ).execute(arguments: [undeliverable, point])
    }

    /// A message arrived: what was missed before no longer counts.
    static func reached(_ point: Int64, in database: Database) throws {
        try database.cachedStatement(sql: "UPDATE contact_point SET unreached = 0 WHERE id = ? AND unreached > 0").execute(arguments: [point])
    }

    /// After so many messages in a row that didn't reach it, another channel is used.
    private static let unreachedMost = 2

    /// Channels that a stored mark closes.
    static func closed(_ mark: String?) -> Set<ContactChannel> {
        switch mark {
        case "texts"?: [.sms]
        case "number"?: [.sms, .call]
        case "email"?: [.email]
        case _?, nil: []
        }
    }

    private static func kind(of point: ContactPoint) -> String {
        switch point {
        case .phone: "phone"
        case .email: "email"
        }
    }
}
