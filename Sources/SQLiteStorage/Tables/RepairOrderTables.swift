internal import Foundation
internal import FollowUp
internal import GRDB

/// The tables that hold repair orders with their items: the published ones, or the staged ones of the same columns.
struct RepairOrderTables: Sendable {
    static let published = RepairOrderTables(prefix: "")
    static let staged = RepairOrderTables(prefix: "staged_")

    private static let columns = [
        "rooftop_id", "import_id", "ro_number", "revision", "status", "closed_on", "mileage", "customer_name",
        "customer_first_name", "customer_phone", "customer_email", "customer_text_ok", "customer_email_ok",
        "customer_preferred_channel", "customer_number", "vehicle_vin", "vehicle_year", "vehicle_make", "vehicle_model",
        "declined_count", "performed_count", "done_elsewhere_count", "warnings", "source_file", "source_sha256",
        "source_line_from", "source_line_to", "source_byte_offset", "source_stamped_at",
    ]
    private static let columnList = columns.joined(separator: ", ")
    private static let declinedColumns = "position, op_code, description, price_cents, severity, "
        + "condition_measure, condition_value, condition_unit"
    private static let childTables = [
        ("declined_item", declinedColumns),
        ("performed_work", "position, op_code, description, price_cents"),
        ("done_elsewhere", "position, op_code"),
    ]

    private let prefix: String
    private let insertSQL: String
    private let selectSQL: String

    private init(prefix: String) {
        self.prefix = prefix
        let marks = Self.columns.map { _ in "?" }.joined(separator: ", ")
        insertSQL = "INSERT INTO \(prefix)repair_order (\(Self.columnList)) VALUES (\(marks))"
        selectSQL = "SELECT id, \(Self.columnList) FROM \(prefix)repair_order"
    }

    /// Gives the id of the new row.
    @discardableResult
    func insert(_ order: RepairOrder, rooftopID: Int64, importID: Int64, in database: Database) throws -> Int64 {
        let customer = order.customer
        let vehicle = order.vehicle
        try database.cachedStatement(sql: insertSQL).execute(arguments: [
            rooftopID, importID, order.roNumber.text, order.revision, order.status.rawValue,
            order.closedOn.description, order.mileage, customer.name, customer.firstName, customer.phone,
            customer.email, customer.textOK, customer.emailOK, customer.preferredChannel?.rawValue,
            customer.customerNumber, vehicle.vin, vehicle.year, vehicle.make, vehicle.model, order.declined.count,
            order.performed?.count, order.doneElsewhere?.count, try Self.text(ofWarnings: order.warnings),
            order.source?.file, order.source?.sha256, order.source?.lineFrom, order.source?.lineTo,
            order.source?.byteOffset, order.source?.stampedAt?.secondsSince1970,
        ])
        let id = database.lastInsertedRowID
        for (position, item) in order.declined.enumerated() {
            let sql = "INSERT INTO \(prefix)declined_item (repair_order_id, \(Self.declinedColumns)) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            try database.cachedStatement(sql: sql).execute(arguments: [
                id, position, item.opCode, item.description, item.priceCents, item.severity?.rawValue,
                item.condition?.measure.rawValue, item.condition?.value, item.condition?.unit.rawValue,
            ])
        }
        for (position, work) in (order.performed ?? []).enumerated() {
            let sql = "INSERT INTO \(prefix)performed_work VALUES (?, ?, ?, ?, ?)"
            try database.cachedStatement(sql: sql).execute(arguments: [
                id, position, work.opCode, work.description, work.priceCents,
            ])
        }
        for (position, opCode) in (order.doneElsewhere ?? []).enumerated() {
            let sql = "INSERT INTO \(prefix)done_elsewhere VALUES (?, ?, ?)"
            try database.cachedStatement(sql: sql).execute(arguments: [id, position, opCode])
        }
        return id
    }

    /// Copies a staged repair order to the published tables: into the row `id`, or into a new one.
    static func publish(stagedID: Int64, over id: Int64?, in database: Database) throws {
        let target: Int64
        if let id {
            target = id
            for (table, _) in childTables {
                try database.cachedStatement(sql: "DELETE FROM \(table) WHERE repair_order_id = ?")
                    .execute(arguments: [id])
            }
            let sql = "UPDATE repair_order SET awaits_planning = 1, (\(columnList)) = "
                + "(SELECT \(columnList) FROM staged_repair_order WHERE id = ?) WHERE id = ?"
            try database.cachedStatement(sql: sql).execute(arguments: [stagedID, id])
        } else {
            let sql = "INSERT INTO repair_order (\(columnList)) SELECT \(columnList) FROM staged_repair_order WHERE id = ?"
            try database.cachedStatement(sql: sql).execute(arguments: [stagedID])
            target = database.lastInsertedRowID
        }
        for (table, columns) in childTables {
            let sql = "INSERT INTO \(table) (repair_order_id, \(columns)) "
                + "SELECT ?, \(columns) FROM staged_\(table) WHERE repair_order_id = ?"
            try database.cachedStatement(sql: sql).execute(arguments: [target, stagedID])
        }
    }

    static func deleteStaged(importID: Int64, in database: Database) throws {
        for (table, _) in childTables {
            let orders = "SELECT id FROM staged_repair_order WHERE import_id = ?"
            try database.execute(
                sql: "DELETE FROM staged_\(table) WHERE repair_order_id IN (\(orders))", arguments: [importID])
        }
        try database.execute(sql: "DELETE FROM staged_repair_order WHERE import_id = ?", arguments: [importID])
    }

    /// Reads the repair orders that `condition`, the tail of a SELECT, picks.
    func fetch(_ condition: String, _ arguments: StatementArguments, in database: Database) throws -> [RepairOrder] {
        let statement = try database.cachedStatement(sql: "\(selectSQL) \(condition)")
        return try Row.fetchAll(statement, arguments: arguments).map { try repairOrder($0, in: database) }
    }

    private func repairOrder(_ row: Row, in database: Database) throws -> RepairOrder {
        let id: Int64 = row[0]
        guard let closedOn = LocalDate(row[6] as String) else { throw Self.unreadable("closed_on", of: id) }
        let customer = Customer(
            name: row[8], firstName: row[9], phone: row[10], email: row[11], textOK: row[12], emailOK: row[13],
            preferredChannel: try Self.optionalCase(row[14], "customer_preferred_channel", of: id),
            customerNumber: row[15])
        let declinedCount: Int = row[20]
        let performedCount: Int? = row[21]
        let doneElsewhereCount: Int? = row[22]
        return RepairOrder(
            roNumber: RepairOrder.Number(row[3]), revision: row[4],
            status: try Self.requiredCase(row[5], "status", of: id), closedOn: closedOn, mileage: row[7],
            customer: customer, vehicle: Vehicle(vin: row[16], year: row[17], make: row[18], model: row[19]),
            declined: declinedCount == 0 ? [] : try declined(of: id, in: database),
            performed: try performedCount.map { $0 == 0 ? [] : try performed(of: id, in: database) },
            doneElsewhere: try doneElsewhereCount.map { $0 == 0 ? [] : try doneElsewhere(of: id, in: database) },
            source: Self.source(row), warnings: try Self.warnings(of: row[23]))
    }

    private func declined(of id: Int64, in database: Database) throws -> [DeclinedItem] {
        let sql = "SELECT \(Self.declinedColumns) FROM \(prefix)declined_item WHERE repair_order_id = ? ORDER BY position"
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [id]).map { row in
            var condition: Condition?
            if let measure: Condition.Measure = try Self.optionalCase(row[5], "condition_measure", of: id) {
                condition = Condition(
                    measure: measure, value: row[6], unit: try Self.requiredCase(row[7], "condition_unit", of: id))
            }
            return DeclinedItem(
                opCode: row[1], description: row[2], priceCents: row[3],
                severity: try Self.optionalCase(row[4], "severity", of: id), condition: condition)
        }
    }

    private func performed(of id: Int64, in database: Database) throws -> [PerformedWork] {
        let sql = "SELECT op_code, description, price_cents FROM \(prefix)performed_work "
            + "WHERE repair_order_id = ? ORDER BY position"
        return try Row.fetchAll(database.cachedStatement(sql: sql), arguments: [id]).map {
            PerformedWork(opCode: $0[0], description: $0[1], priceCents: $0[2])
        }
    }

    private func doneElsewhere(of id: Int64, in database: Database) throws -> [String] {
        let sql = "SELECT op_code FROM \(prefix)done_elsewhere WHERE repair_order_id = ? ORDER BY position"
        return try String.fetchAll(database.cachedStatement(sql: sql), arguments: [id])
    }

    private static func source(_ row: Row) -> Source? {
        guard let file: String = row[24] else { return nil }
        return Source(
            file: file, sha256: row[25], stampedAt: (row[29] as Int64?).map(Timestamp.init(secondsSince1970:)), lineFrom: row[26],
            lineTo: row[27], byteOffset: row[28])
    }

    /// Warnings are a JSON list of strings; null is none.
    private static func text(ofWarnings warnings: [String]) throws -> String? {
        warnings.isEmpty ? nil : String(decoding: try JSONEncoder().encode(warnings), as: UTF8.self)
    }

    private static func warnings(of text: String?) throws -> [String] {
        guard let text else { return [] }
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }

    private static func requiredCase<Case: RawRepresentable<String>>(
        _ text: String, _ column: String, of id: Int64
    ) throws -> Case {
        guard let value = Case(rawValue: text) else { throw unreadable(column, of: id) }
        return value
    }

    private static func optionalCase<Case: RawRepresentable<String>>(
        _ text: String?, _ column: String, of id: Int64
    ) throws -> Case? {
        try text.map { try requiredCase($0, column, of: id) }
    }

    private static func unreadable(_ column: String, of id: Int64) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "repair order row \(id) has an unreadable \(column)")
    }
}
