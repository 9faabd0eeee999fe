internal import Foundation

/// Which files lie at a ledger's path now: the database and its log, each by device and number.
struct FileIdentity: Equatable, Sendable {
    private let database: [UInt64]
    private let log: [UInt64]

    /// Nil when one of them is missing.
    init?(path: String) {
        guard let database = Self.place(of: path), let log = Self.place(of: path + "-wal") else { return nil }
        self.database = database
        self.log = log
    }

    private static func place(of path: String) -> [UInt64]? {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        return [UInt64(info.st_dev), UInt64(info.st_ino)]
    }
}
