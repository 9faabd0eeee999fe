internal import FollowUp
internal import GRDB

/// What hooks were told and said, a row a draft.
enum HookRecordTable {
    /// Keeps the record of a draft that was decided on; `generation` is the one that it was decided for.
    static func insert(
        _ hooks: HookRecord, of touch: Touch.ID, generation: Touch.Generation, rooftopID: Int64, at now: Timestamp, in database: Database
    ) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO hook_record (rooftop_id, touch_id, generation, decided_at, seed, bundle_sha256, input, calls)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            rooftopID, touch.number, generation, now.secondsSince1970, Int64(bitPattern: hooks.seed), hooks.bundleSHA256, hooks.input,
            text(of: hooks.calls),
        ])
    }

    /// The records of one touch, by the generation that each was decided for.
    static func records(of touch: Touch.ID, in database: Database) throws -> [Touch.Generation: HookRecord] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT generation, \(columns) FROM hook_record WHERE touch_id = ?1
                AND rooftop_id = (SELECT rooftop_id FROM touch WHERE id = ?1) AND decided_at IN
                (SELECT intended_at FROM attempt WHERE touch_id = ?1 UNION SELECT decided_at FROM decision WHERE touch_id = ?1)
                """,
            arguments: [touch.number])
        return Dictionary(try rows.map { ($0[0], try record($0, from: 1, in: database)) }) { $1 }
    }

    static func page(
        rooftop: String, since: Timestamp, after: RecordedDraft.Place?, limit: Int, in database: Database
    ) throws -> [RecordedDraft] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT hook_record.touch_id, hook_record.generation, hook_record.decided_at, touch.kind, attempt.channel, subject, body,
                (SELECT verdict FROM decision WHERE decision.touch_id = touch.id AND decision.decided_at = hook_record.decided_at
                ORDER BY decision.id DESC LIMIT 1), \(columns)
                FROM hook_record JOIN touch ON touch.id = hook_record.touch_id
                LEFT JOIN attempt ON attempt.touch_id = touch.id AND attempt.generation = hook_record.generation + 1
                WHERE hook_record.rooftop_id = (SELECT id FROM rooftop WHERE name = ?)
                AND (hook_record.decided_at, hook_record.touch_id, hook_record.generation) > (?, ?, ?)
                ORDER BY hook_record.decided_at, hook_record.touch_id, hook_record.generation LIMIT ?
                """)
        // Before the first of that instant, when no page came before.
        let place = after ?? RecordedDraft.Place(decidedAt: since, touch: Touch.ID(-1), generation: 0)
        let rows = try Row.fetchAll(
            statement,
            arguments: [rooftop, place.decidedAt.secondsSince1970, place.touch.number, place.generation, limit])
        return try rows.map { try draft($0, in: database) }
    }

    private static let columns = "seed, hook_record.bundle_sha256, input, calls"

    private static func draft(_ row: Row, in database: Database) throws -> RecordedDraft {
        let touch: Int64 = row[0], decidedAt: Int64 = row[2]
        let decided: RecordedDraft.Decided
        if let channel: ContactChannel = try row.optionalNamed(4) {
            decided = .message(Message(channel, subject: row[5], body: row[6]))
        } else {
            decided = .notSent(row[7] ?? "not sent")
        }
        let failures = try Row.fetchAll(
            database.cachedStatement(sql: "SELECT function, reason FROM script_failure WHERE touch_id = ? AND failed_at = ? ORDER BY id"),
            arguments: [touch, decidedAt])
        return RecordedDraft(
            place: RecordedDraft.Place(decidedAt: row.timestamp(2), touch: Touch.ID(touch), generation: row[1]), kind: try row.named(3),
            hooks: try record(row, from: 8, in: database), decided: decided,
            failures: failures.map { ScriptFailure(function: $0[0], reason: $0[1]) })
    }

    private static func record(_ row: Row, from first: Int, in database: Database) throws -> HookRecord {
        let calls = try Row.fetchAll(
            database.cachedStatement(
                sql: """
                    SELECT json_extract(value, '$.function'), json_extract(value, '$.outcome'), json_extract(value, '$.place')
                    FROM json_each(?)
                    """),
            arguments: [row[first + 3] as String])
        return HookRecord(
            seed: UInt64(bitPattern: row[first]), bundleSHA256: row[first + 1], input: row[first + 2],
            calls: calls.map { HookRecord.Call(function: $0[0], outcome: $0[1], place: $0[2]) })
    }

    /// A list of objects; the outcomes are JSON already.
    private static func text(of calls: [HookRecord.Call]) -> String {
        var text = "["
        for call in calls {
            if text.utf8.count > 1 { text += "," }
            text += "{\"function\":"
            append(call.function, to: &text)
            if let place = call.place {
                text += ",\"place\":"
                append(place, to: &text)
            }
            text += ",\"outcome\":"
            text += call.outcome
            text += "}"
        }
        return text + "]"
    }

    /// A short text in quotes: a function's name, or a file with its line.
    private static func append(_ short: String, to text: inout String) {
        text += "\""
        for scalar in short.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                text += "\\"
                text.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20: text += " "
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension Message {
    /// As an attempt's row keeps it.
    init(_ channel: ContactChannel, subject: String?, body: String) {
        switch channel {
        case .sms: self = .sms(body)
        case .call: self = .call(talkingPoints: body)
        case .email: self = .email(subject: subject ?? "", text: body)
        }
    }
}
