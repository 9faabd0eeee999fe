/// Finding the header of a feed of rows, and checking that it has what the format names.
extension RowReader {
    func readHeader() throws -> FeedHeader {
        let header = try findHeader()
        try refuseChange(of: header)
        for (setting, columns) in [("group_by", format.groupBy), ("order", format.order)] {
            for column in columns where header.index(of: column) == nil {
                throw FeedError.missingColumn(
                    name: column, setting: setting, header: header.columns, hint: hint(for: column, in: header))
            }
        }
        return header
    }

    private func findHeader() throws -> FeedHeader {
        switch format.header {
        case .names(let names):
            return FeedHeader(cells: names, line: nil, rawBytes: [])
        case .firstRow:
            guard try advance({ _ in true }) else { throw FeedError.empty }
        case .line(let line):
            guard try advance({ $0.lineTo >= line }), row.lineFrom <= line else {
                throw FeedError.noHeader(reason: "feed.header = \(line), but no row starts on line \(line)")
            }
        case .find(let names):
            try find(names)
        }
        headerText = Array(UnsafeBufferPointer(start: row.text, count: row.textCount)).withoutMark
        return FeedHeader(cells: cellTexts, line: row.lineFrom, rawBytes: rawBytes)
    }

    private func find(_ names: [String]) throws {
        var seen = 0
        var best: (line: Int, missing: [String], cells: [String])?
        while seen < limits.headerSearchRows, try advance({ _ in true }) {
            seen += 1
            let cells = cellTexts
            let missing = names.filter { !cells.contains($0) }
            if missing.isEmpty { return }
            if missing.count < names.count, missing.count < best?.missing.count ?? Int.max {
                best = (row.lineFrom, missing, cells)
            }
        }
        if seen == 0 { throw FeedError.empty }
        let wanted = names.map { "'\($0)'" }.joined(separator: ", ")
        var reason = "none of the first \(seen) rows has all of \(wanted)"
        if let best {
            let missing = best.missing.map { "'\($0)'\(Spelling.hint(for: $0, among: best.cells))" }
            reason += "; line \(best.line) comes nearest and lacks \(missing.joined(separator: ", "))"
        }
        throw FeedError.noHeader(reason: reason)
    }

    /// Refuses a header that lacks a column of `feed.columns`, and says what has come in its place.
    private func refuseChange(of header: FeedHeader) throws {
        let gone = format.columns.filter { header.index(of: $0) == nil }
        guard !gone.isEmpty else { return }
        let new = header.columns.filter { !format.columns.contains($0) }
        var hint = self.hint(for: gone[0], in: header)
        if header.columns.count > 1 {
            hint = gone.compactMap { name in Self.successor(of: name, among: new).map { "; '\(name)' may be '\($0)' now" } }.joined()
        }
        throw FeedError.headerChanged(gone: gone, new: new, hint: hint)
    }

    private static func successor(of name: String, among new: [String]) -> String? {
        let old = name.lowercased()
        return Spelling.nearest(to: name, among: new) ?? new.first { $0.lowercased().contains(old) || old.contains($0.lowercased()) }
    }

    private func hint(for column: String, in header: FeedHeader) -> String {
        let hint = Spelling.hint(for: column, among: header.columns)
        guard hint.isEmpty, header.columns.count == 1 else { return hint }
        for (other, name) in [(";", "\";\""), ("\t", "\"\\t\""), ("|", "\"|\""), (",", "\",\"")] {
            let count = header.columns[0].split(separator: other, omittingEmptySubsequences: false).count - 1
            if count > 0 { return "; the header is one cell with \(count) \(name) in it: is feed.delimiter \(name)?" }
        }
        return hint
    }
}
