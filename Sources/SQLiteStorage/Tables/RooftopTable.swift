internal import FollowUp
internal import GRDB

/// The rooftops, with how their dispatchers run.
enum RooftopTable {
    static func id(of rooftop: String, in database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(sql: "SELECT id FROM rooftop WHERE name = ?")
        if let id = try Int64.fetchOne(statement, arguments: [rooftop]) { return id }
        try database.execute(sql: "INSERT INTO rooftop (name) VALUES (?)", arguments: [rooftop])
        return database.lastInsertedRowID
    }

    /// UTC until the rooftop is registered.
    static func zone(ofID id: Int64, in database: Database) throws -> Zone {
        let statement = try database.cachedStatement(sql: "SELECT zone FROM rooftop WHERE id = ?")
        return try zone(named: String.fetchOne(statement, arguments: [id]))
    }

    static func zone(named name: String?) throws -> Zone {
        guard let name else { return .utc }
        return try Zone(identifier: name)
    }
}

extension Row {
    func date(_ column: Int) throws -> LocalDate {
        let text: String = self[column]
        guard let date = LocalDate(text) else { throw unreadable(column, text) }
        return date
    }

    func optionalDate(_ column: Int) throws -> LocalDate? {
        (self[column] as String?) == nil ? nil : try date(column)
    }

    func timestamp(_ column: Int) -> Timestamp {
        Timestamp(secondsSince1970: self[column])
    }

    func named<Case: RawRepresentable<String>>(_ column: Int) throws -> Case {
        let text: String = self[column]
        guard let value = Case(rawValue: text) else { throw unreadable(column, text) }
        return value
    }

    func optionalNamed<Case: RawRepresentable<String>>(_ column: Int) throws -> Case? {
        (self[column] as String?) == nil ? nil : try named(column) as Case
    }

    private func unreadable(_ column: Int, _ text: String) -> DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a \(Array(columnNames)[column]) is unreadable")
    }
}
