internal import Feeds

/// The `feed` table of a draft mapping: what is not the default, each guess marked with its reason.
struct DraftFeedTable {
    let found: SniffedFeed

    /// The lines between the braces.
    var lines: [String] {
        let format = found.format
        var lines = [line("format", LuaText.quoted(format.kind.rawValue), about: ["format"])]
        if format.encoding != .utf8 || format.fallbackEncoding != nil { lines.append(line("encoding", LuaText.quoted(format.encoding.rawValue), about: ["encoding"])) }
        if let fallback = format.fallbackEncoding { lines.append(line("fallback_encoding", LuaText.quoted(fallback.rawValue), about: ["encoding"])) }
        if format.kind == .csv { lines += rowLines }
        if let bytes = format.recordBytes { lines.append(line("record_bytes", String(bytes), about: ["format"])) }
        lines += placeLines + kindLines
        if !format.skip.isEmpty { lines.append(line("skip", "{ " + format.skip.map(Self.picture).joined(separator: ", ") + " }", about: ["pages", "trailer"])) }
        if let begins = format.begins { lines.append(line("begins", LuaText.quoted(begins), about: ["records"])) }
        if !format.path.isEmpty { lines.append(line("path", LuaText.quoted(format.path), about: ["path"])) }
        if !format.joins.isEmpty { lines += joinLines }
        if !format.groupBy.isEmpty { lines.append(line("group_by", Self.names(format.groupBy), about: ["group_by"])) }
        if format.fillDown { lines.append(line("fill_down", "true", about: ["group_by"])) }
        if format.fold { lines.append("    fold = true,  -- guessed: there are revisions, and the highest stands") }
        return lines
    }

    private var rowLines: [String] {
        let format = found.format
        var lines: [String] = []
        if format.delimiter != UInt8(ascii: ",") { lines.append(line("delimiter", LuaText.quoted(String(UnicodeScalar(format.delimiter))), about: ["delimiter"])) }
        if format.quote == nil { lines.append(line("quote", "false", about: ["quote"])) }
        switch format.header {
        case .firstRow: break
        case .line(let number): lines.append(line("header", String(number), about: ["header"]))
        case .find(let names), .names(let names):
            guard format.records.isEmpty else { break }
            lines += mark("header") + ["    header = \(LuaText.wrapped(names.map(LuaText.quoted), indent: "    ")),"]
        }
        return lines
    }

    private var placeLines: [String] {
        guard !found.format.places.isEmpty else { return [] }
        return mark("header", "format") + ["    columns = {"] + found.format.places.map { "      \(Self.place($0))," } + ["    },"]
    }

    private var kindLines: [String] {
        guard !found.format.records.isEmpty else { return [] }
        var lines = mark("records") + ["    records = {"]
        for kind in found.format.records {
            if kind.places.isEmpty {
                lines.append("      { name = \(LuaText.quoted(kind.name)), columns = \(LuaText.wrapped(kind.columns.map(LuaText.quoted), indent: "      ")) },")
            } else {
                let match = kind.match.map { ", match = \(Self.picture($0))" }.first ?? ""
                lines.append("      { name = \(LuaText.quoted(kind.name))\(match), columns = {")
                lines += kind.places.map { "        \(Self.place($0))," } + ["      } },"]
            }
        }
        return lines + ["    },"]
    }

    private var joinLines: [String] {
        ["    -- guessed: the values of the one are all among the values of the other"]
            + found.format.joins.map {
                "    join = { \(LuaText.isName($0.name) ? $0.name : "[\(LuaText.quoted($0.name))]") = { path = \(LuaText.quoted($0.path)), key = \(LuaText.quoted($0.key)), with = \(LuaText.quoted($0.with)) } },"
            }.prefix(1)
    }

    private static func place(_ column: FeedFormat.FixedColumn) -> String { "{ \(LuaText.quoted(column.name)), \(column.first), \(column.length) }" }

    private static func picture(_ picture: FeedFormat.Picture) -> String {
        guard let at = picture.at else { return LuaText.quoted(picture.text) }
        return "{ at = \(at), text = \(LuaText.quoted(picture.text)) }"
    }

    private static func names(_ names: [String]) -> String {
        names.count == 1 ? LuaText.quoted(names[0]) : "{ " + names.map(LuaText.quoted).joined(separator: ", ") + " }"
    }

    private func reason(_ subjects: [String]) -> String? {
        guard let finding = found.findings.first(where: { subjects.contains($0.subject) && $0.confidence != .certain }) else { return nil }
        return "-- guessed: \(LuaText.comment(finding.reason))"
    }

    private func line(_ key: String, _ value: String, about subjects: [String]) -> String {
        "    \(key) = \(value)," + (reason(subjects).map { "  " + $0 } ?? "")
    }

    private func mark(_ subjects: String...) -> [String] { reason(subjects).map { ["    " + $0] } ?? [] }
}
