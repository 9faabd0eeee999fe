internal import Feeds
internal import Lua

extension FeedFormat {
    /// Reads the format out of a mapping's `feed` table.
    init(feed: Value) throws {
        guard let entries = feed.entries else {
            throw FeedFormatError("expected feed to be a table, got \(feed.kind); for example: feed = { format = \"csv\" }")
        }
        var settings: [String: FeedSetting] = [:]
        for entry in entries {
            guard case .string(let key) = entry.key else { throw FeedFormatError("expected the settings of feed to have names") }
            settings[key] = try FeedSetting(entry.value, of: key)
        }
        try self.init(settings: settings)
    }
}

extension FeedSetting {
    fileprivate init(_ value: Value, of key: String) throws {
        switch value {
        case .string(let text): self = .text(text)
        case .int(let number): self = .number(Double(number))
        case .double(let number): self = .number(number)
        case .bool(let flag): self = .flag(flag)
        case .empty: self = .list([])
        case .list(let values): self = .list(try values.map { try FeedSetting($0, of: key) })
        case .map(let entries):
            var table: [String: FeedSetting] = [:]
            for entry in entries { if let name = entry.key.string { table[name] = try FeedSetting(entry.value, of: key) } }
            self = .table(table)
        case .null: throw FeedFormatError("expected feed.\(key) to have a value")
        }
    }
}
