extension FeedFormat {
    /// Reads a format from the settings of a `feed` table.
    ///
    /// - Parameter settings: `format`, `encoding`, `fallback_encoding`, `delimiter`, `quote`, `header`, `group_by`, `order`
    ///   and `fold`; what is left out keeps its default.
    /// - Throws: ``FeedFormatError`` for a key or value that a format does not have.
    public init(settings: [String: FeedSetting]) throws {
        self.init()
        // Sorted, so that of two mistakes the same one is always reported.
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "format": kind = try Self.choice(of: Kind.self, key, value)
            case "encoding": encoding = try Self.choice(of: Encoding.self, key, value)
            case "fallback_encoding": fallbackEncoding = try Self.choice(of: Encoding.self, key, value)
            case "delimiter": delimiter = try Self.character(key, value)
            case "quote": quote = try Self.quote(value)
            case "header": header = try Self.header(value)
            case "group_by": groupBy = try Self.columns(key, value)
            case "order": order = try Self.columns(key, value)
            case "fold":
                guard case .flag(let flag) = value else {
                    throw FeedFormatError("expected feed.fold to be true or false, got \(value.shown)")
                }
                fold = flag
            default:
                throw FeedFormatError("feed has no setting '\(key)'\(Spelling.hint(for: key, among: Self.settingNames))")
            }
        }
        try validate()
    }

    /// Checks what one setting alone can't show.
    ///
    /// - Throws: ``FeedFormatError`` when two settings contradict each other.
    public func validate() throws {
        if delimiter == quote {
            throw FeedFormatError("expected feed.delimiter and feed.quote to differ, got the same character for both")
        }
        if delimiter == UInt8(ascii: "\n") || delimiter == UInt8(ascii: "\r") || delimiter == 0 || delimiter >= 0x80 {
            throw FeedFormatError("expected feed.delimiter to be one ASCII character other than a line end")
        }
        if let fallbackEncoding {
            guard encoding == .utf8, fallbackEncoding == .windows1252 || fallbackEncoding == .latin1 else {
                throw FeedFormatError(
                    "expected feed.fallback_encoding to be 'windows-1252' or 'latin-1' in a feed with encoding 'utf-8', "
                        + "got '\(fallbackEncoding.rawValue)' in one with '\(encoding.rawValue)'")
            }
        }
        guard case .names(let names) = header else { return }
        for (setting, columns) in [("group_by", groupBy), ("order", order)] {
            for column in columns where !names.contains(column) {
                throw FeedFormatError(
                    "feed.\(setting) names '\(column)', which is not in feed.header\(Spelling.hint(for: column, among: names))")
            }
        }
    }

    static let settingNames = [
        "format", "encoding", "fallback_encoding", "delimiter", "quote", "header", "group_by", "order", "fold",
    ]

    private static func choice<Choice: RawRepresentable & CaseIterable>(
        of type: Choice.Type, _ key: String, _ value: FeedSetting
    ) throws -> Choice where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let expected = names.count == 1 ? "'\(names[0])'" : "one of \(names.map { "'\($0)'" }.joined(separator: ", "))"
        guard case .text(let text) = value else {
            throw FeedFormatError("expected feed.\(key) to be \(expected), got \(value.shown)")
        }
        guard let choice = Choice(rawValue: text) else {
            throw FeedFormatError(
                "expected feed.\(key) to be \(expected), got '\(text)'\(Spelling.hint(for: text, among: names))")
        }
        return choice
    }

    private static func character(_ key: String, _ value: FeedSetting) throws -> UInt8 {
        guard case .text(let text) = value, text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80 else {
            throw FeedFormatError("expected feed.\(key) to be one ASCII character, got \(value.shown)")
        }
        return byte
    }

    private static func quote(_ value: FeedSetting) throws -> UInt8? {
        switch value {
        case .flag(false), .text(""): nil
        case .flag(true), .text, .number, .list, .table: try character("quote", value)
        }
    }

    private static func header(_ value: FeedSetting) throws -> Header {
        let expected = "expected feed.header to be true, a line number, a list of column names or { find = { names } }"
        switch value {
        case .flag(true): return .firstRow
        case .number(let number):
            guard let line = Int(exactly: number), line >= 1 else {
                throw FeedFormatError("\(expected), got \(value.shown)")
            }
            return .line(line)
        case .list:
            let names = try columns("header", value)
            guard !names.isEmpty else { throw FeedFormatError("\(expected), got an empty list") }
            return .names(names)
        case .table(let fields):
            guard let find = fields["find"], fields.count == 1 else {
                throw FeedFormatError("\(expected), got a table with \(fields.keys.sorted().map { "'\($0)'" }.joined(separator: ", "))")
            }
            let names = try columns("header.find", find)
            guard !names.isEmpty else { throw FeedFormatError("expected feed.header.find to name at least one cell") }
            return .find(names)
        case .flag(false):
            throw FeedFormatError("\(expected), got false; for a file without a header list its column names")
        case .text:
            throw FeedFormatError("\(expected), got \(value.shown)")
        }
    }

    private static func columns(_ key: String, _ value: FeedSetting) throws -> [String] {
        let expected = "expected feed.\(key) to be a column name or a list of them"
        switch value {
        case .text(let name) where !name.isEmpty: return [name]
        case .list(let values):
            return try values.map { item in
                guard case .text(let name) = item else { throw FeedFormatError("\(expected), got a list with \(item.shown)") }
                return name
            }
        case .text, .number, .flag, .table:
            throw FeedFormatError("\(expected), got \(value.shown)")
        }
    }
}
