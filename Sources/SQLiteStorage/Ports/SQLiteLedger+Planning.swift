public import FollowUp
internal import GRDB

extension SQLiteLedger {
    public func register(_ rooftop: Rooftop) async throws {
        try await file.write { database in
            let id = try RooftopTable.id(of: rooftop.id, in: database)
            try database.execute(
                sql: "UPDATE rooftop SET title = ?, dealer_group = ?, zone = ? WHERE id = ?",
                arguments: [rooftop.name, rooftop.group, rooftop.zone.identifier, id])
        }
    }

    public func rooftops() async throws -> [RegisteredRooftop] {
        try await file.read { database in
            try Row.fetchAll(database, sql: "SELECT name, title, dealer_group, zone FROM rooftop ORDER BY name").map { row in
                RegisteredRooftop(
                    id: row[0], name: row[1] ?? row[0], group: row[2], zone: try RooftopTable.zone(named: row[3]))
            }
        }
    }

    public func planVisits(
        rooftop: String, limit: Int, at now: Timestamp, _ plan: @escaping @Sendable (ArrivedVisit) -> [PlanChange]
    ) async throws -> Int {
        // Each rooftop asks every few seconds, nearly always for nothing: the writer is left to those who have something to write.
        let isWaiting = try await file.read { database in
            try Bool.fetchOne(
                database.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM repair_order WHERE rooftop_id = (SELECT id FROM rooftop WHERE name = ?) AND awaits_planning = 1)
                        """),
                arguments: [rooftop]) ?? false
        }
        guard isWaiting else { return 0 }
        return try await file.write { database in
            let rooftopID = try RooftopTable.id(of: rooftop, in: database)
            let tables = EnrollmentTables(database: database, rooftop: rooftop, rooftopID: rooftopID, now: now)
            let waiting = try Int64.fetchAll(
                database,
                sql: """
                    SELECT id FROM repair_order WHERE rooftop_id = ? AND awaits_planning = 1 ORDER BY closed_on, id LIMIT ?
                    """,
                arguments: [rooftopID, limit])
            for id in waiting {
                let visit = try tables.visit(of: id)
                try database.cachedStatement(sql: "UPDATE repair_order SET awaits_planning = 0 WHERE id = ?")
                    .execute(arguments: [id])
                for change in plan(visit) { try tables.apply(change, of: id, visit.repairOrder) }
            }
            return waiting.count
        }
    }
}
