extension FeedFormat {
    /// Reads a format from the settings of a `feed` table.
    ///
    /// What is left out keeps its default.
    ///
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
            case "fold": fold = try Self.flag(key, value)
            case "fill_down": fillDown = try Self.flag(key, value)
            case "columns", "records": break  // read below: what they look like depends on the format
            case "record_type": recordType = try Self.count(key, value)
            case "record_bytes": recordBytes = try Self.count(key, value)
            case "skip": skip = try Self.pictures(key, value)
            case "begins": begins = try Self.text(key, value)
            case "path": path = try Self.text(key, value)
            case "join": joins = try Self.joins(value)
            default:
                throw FeedFormatError("feed has no setting '\(key)'\(Spelling.hint(for: key, among: Self.settingNames))")
            }
        }
        if let value = settings["columns"] {
            if kind == .fixed { places = try Self.places("columns", value) } else { columns = try Self.columns("columns", value) }
        }
        if let value = settings["records"] { records = try Self.records(value, isFixed: kind == .fixed) }
        try refuse(settings.keys.sorted())
        if !records.isEmpty, settings["header"] != nil { throw Self.headerAndRecords }
        if records.isEmpty, settings["record_type"] != nil {
            throw FeedFormatError("feed.record_type needs feed.records: which kinds may the cell name?")
        }
        try validate()
    }

    /// Settings that would have no effect in this format are mistakes.
    private func refuse(_ keys: [String]) throws {
        for key in keys {
            guard let kinds = Self.settings[key], !kinds.contains(kind) else { continue }
            let names = kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw FeedFormatError("feed.\(key) has no meaning in a feed with format '\(kind.rawValue)'; it belongs to \(names)")
        }
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
        try validateRecords()
        try validateFixed()
        try validateTree()
        if case .names(let names) = header, let column = columns.first(where: { !names.contains($0) }), records.isEmpty {
            throw FeedFormatError("feed.columns names '\(column)', which is not in feed.header\(Spelling.hint(for: column, among: names))")
        }
        guard case .names(let names) = header, kind == .csv, records.isEmpty else { return }
        for (setting, columns) in [("group_by", groupBy), ("order", order)] {
            for column in columns where !names.contains(column) {
                throw FeedFormatError(
                    "feed.\(setting) names '\(column)', which is not in feed.header\(Spelling.hint(for: column, among: names))")
            }
        }
    }

    private func validateRecords() throws {
        if kind == .fixed && places.isEmpty && records.isEmpty {
            throw FeedFormatError("expected feed.columns to give each column's name, first place and length, as { { \"RO\", 1, 6 }, { \"OP\", 8, 4 } }")
        }
        if kind == .csv && !records.isEmpty && header != .firstRow { throw Self.headerAndRecords }
        if !(places.isEmpty && columns.isEmpty) && !records.isEmpty {
            throw FeedFormatError("expected feed.columns or feed.records, got both; the kinds of record have their columns")
        }
        if let kind = records.first(where: { $0.columns.isEmpty || (self.kind == .fixed && $0.places.isEmpty) }) {
            throw FeedFormatError("expected the kind of record '\(kind.name)' to have columns, got none")
        }
        let names = records.map(\.name)
        if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
            throw FeedFormatError("expected the names in feed.records to differ, got '\(twice)' twice")
        }
        if let begins, !names.contains(begins) {
            throw FeedFormatError("feed.begins names '\(begins)', which is not in feed.records\(Spelling.hint(for: begins, among: names))")
        }
        if begins != nil && !groupBy.isEmpty {
            throw FeedFormatError("expected feed.begins or feed.group_by, got both; group_by with fill_down = true keeps a number that stands only above")
        }
        if fillDown && groupBy.isEmpty { throw FeedFormatError("feed.fill_down needs feed.group_by: which cells are filled?") }
        let columns = kind == .fixed && records.isEmpty ? places.map(\.name) : records.flatMap(\.columns)
        guard kind == .fixed || !records.isEmpty else { return }
        for (setting, wanted) in [("group_by", groupBy), ("order", order)] {
            for column in wanted where !columns.contains(column) {
                throw FeedFormatError("feed.\(setting) names '\(column)', which is no column of the feed\(Spelling.hint(for: column, among: columns))")
            }
        }
    }

    private static let headerAndRecords = FeedFormatError(
        "expected feed.header or feed.records, got both; a file with several kinds of record has no header, and each kind names its columns")

    private func validateFixed() throws {
        for column in places + records.flatMap(\.places) where column.isPacked {
            guard recordBytes != nil else {
                throw FeedFormatError("column '\(column.name)' is packed, which needs feed.record_bytes: packed bytes may look like line ends")
            }
            switch encoding {
            case .windows1252, .latin1, .cp037, .cp500: break
            case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian:
                throw FeedFormatError(
                    "column '\(column.name)' is packed, which needs an encoding of one byte a character, as 'cp037', got '\(encoding.rawValue)'")
            }
        }
        guard let recordBytes else { return }
        switch encoding {
        case .utf8, .windows1252, .latin1, .cp037, .cp500: break
        case .utf16, .utf16LittleEndian, .utf16BigEndian:
            throw FeedFormatError("expected a feed with feed.record_bytes to have an encoding of one byte a character, got '\(encoding.rawValue)'")
        }
        for column in places + records.flatMap(\.places) where column.first - 1 + column.length > recordBytes {
            throw FeedFormatError(
                "column '\(column.name)' ends at \(column.first - 1 + column.length), past the end of a record of \(recordBytes) bytes")
        }
    }

    private func validateTree() throws {
        if kind == .xml && (path.isEmpty || path.hasSuffix("/")) {
            throw FeedFormatError("expected feed.path to name the element of a repair order, as \"RepairOrder\" or \"RepairOrders/RepairOrder\"")
        }
        for join in joins where join.path == path {
            throw FeedFormatError("feed.join.\(join.name) has the path of the repair orders themselves")
        }
    }

    /// Each setting, and the formats in which it has a meaning.
    private static let settings: [String: [Kind]] = [
        "format": Kind.allCases, "encoding": Kind.allCases, "fallback_encoding": [.csv, .fixed], "delimiter": [.csv], "quote": [.csv],
        "header": [.csv], "columns": [.csv, .fixed], "records": [.csv, .fixed], "record_type": [.csv], "record_bytes": [.fixed],
        "skip": [.csv, .fixed], "begins": [.csv, .fixed], "fill_down": [.csv, .fixed], "path": [.json, .xml], "join": [.json, .xml],
        "group_by": Kind.allCases, "order": Kind.allCases, "fold": Kind.allCases,
    ]

    static let settingNames = settings.keys.sorted()

    // MARK: Reading one setting

    private static func flag(_ key: String, _ value: FeedSetting) throws -> Bool {
        guard case .flag(let flag) = value else { throw FeedFormatError("expected feed.\(key) to be true or false, got \(value.shown)") }
        return flag
    }

    private static func text(_ key: String, _ value: FeedSetting) throws -> String {
        guard case .text(let text) = value else { throw FeedFormatError("expected feed.\(key) to be text, got \(value.shown)") }
        return text
    }

    private static func count(_ key: String, _ value: FeedSetting) throws -> Int {
        guard case .number(let number) = value, let count = Int(exactly: number), (1...1_000_000).contains(count) else {
            throw FeedFormatError("expected feed.\(key) to be a whole number from 1, got \(value.shown)")
        }
        return count
    }

    private static func items(_ key: String, _ value: FeedSetting, _ expected: String) throws -> [FeedSetting] {
        guard case .list(let items) = value, !items.isEmpty else { throw FeedFormatError("expected feed.\(key) to be \(expected), got \(value.shown)") }
        return items
    }

    private static func places(_ key: String, _ value: FeedSetting) throws -> [FixedColumn] {
        let expected = "a list of { name, first place, length }, as { { \"RO\", 1, 6 }, { \"OP\", 8, 4 } }"
        return try items(key, value, expected).map { item in
            guard case .list(let parts) = item, parts.count == 3 || (parts.count == 4 && parts[3] == .text("packed")), case .text(let name) = parts[0], !name.isEmpty,
                case .number(let first) = parts[1], case .number(let length) = parts[2],
                let first = Int(exactly: first), let length = Int(exactly: length), first >= 1, (1...65_536).contains(length)
            else { throw FeedFormatError("expected feed.\(key) to be \(expected), got \(item.shown) in it") }
            return FixedColumn(name, first, length, isPacked: parts.count == 4)
        }
    }

    private static func pictures(_ key: String, _ value: FeedSetting) throws -> [Picture] {
        let expected = "a text, { at = place, text = \"…\" } or a list of these"
        func picture(_ item: FeedSetting) throws -> Picture {
            switch item {
            case .text(let text) where !text.isEmpty: return Picture(text)
            case .table(let fields):
                guard case .text(let text)? = fields["text"], !text.isEmpty, fields.keys.allSatisfy({ $0 == "at" || $0 == "text" }) else { break }
                guard let at = fields["at"] else { return Picture(text) }
                return Picture(at: try count("\(key).at", at), text)
            case .text, .list, .number, .flag: break
            }
            throw FeedFormatError("expected feed.\(key) to be \(expected), got \(item.shown)")
        }
        guard case .list(let items) = value else { return [try picture(value)] }
        return try items.map(picture)
    }

    private static func records(_ value: FeedSetting, isFixed: Bool) throws -> [RecordKind] {
        let columns = isFixed ? "columns = { { \"RO\", 2, 6 }, … }, match = { at = 1, text = \"H\" }" : "columns = { \"TYPE\", \"RO\", … }"
        let expected = "a list of kinds, as { { name = \"H\", \(columns) } }"
        return try items("records", value, expected).map { item in
            guard case .table(let fields) = item, case .text(let name)? = fields["name"], let columns = fields["columns"] else {
                throw FeedFormatError("expected feed.records to be \(expected), got \(item.shown) in it")
            }
            let known = isFixed ? ["name", "columns", "match"] : ["name", "columns"]
            if let key = fields.keys.sorted().first(where: { !known.contains($0) }) {
                throw FeedFormatError("a kind of record has no setting '\(key)'\(Spelling.hint(for: key, among: known))")
            }
            guard isFixed else { return RecordKind(name: name, columns: try Self.columns("records.columns", columns)) }
            return RecordKind(
                name: name, places: try places("records.columns", columns), match: try fields["match"].map { try pictures("records.match", $0) } ?? [])
        }
    }

    private static func joins(_ value: FeedSetting) throws -> [Join] {
        let expected = "a table, as { customer = { path = \"Customer\", key = \"CustomerNumber\", with = \"CustomerKey\" } }"
        guard case .table(let joins) = value else { throw FeedFormatError("expected feed.join to be \(expected), got \(value.shown)") }
        return try joins.sorted { $0.key < $1.key }.map { name, join in
            guard case .table(let fields) = join, case .text(let path)? = fields["path"], case .text(let key)? = fields["key"],
                case .text(let with)? = fields["with"], fields.count == 3
            else { throw FeedFormatError("expected feed.join to be \(expected), got \(join.shown) as '\(name)'") }
            return Join(name: name, path: path, key: key, with: with)
        }
    }

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
