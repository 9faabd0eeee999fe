internal import Feeds

/// What a look at an export found, for a person.
struct SniffPage {
    let found: SniffedFeed
    let file: String
    let draft: String
    let hasSamples: Bool

    private static let nameWidthMost = 84
    private static let columnsMost = 400

    var text: String {
        var parts = [heading, findings] + found.kinds.map(columns)
        if !found.remarks.isEmpty { parts.append("Remarks\n" + found.remarks.prefix(60).map { "  · " + Self.plain($0) }.joined(separator: "\n")) }
        parts.append("Draft mapping (alone with --mapping)\n\n" + draft)
        return parts.joined(separator: "\n\n")
    }

    private var heading: String {
        let all = found.fileBytes == found.sniffedBytes
        let size = found.fileBytes.map { "\($0) bytes" } ?? "size unknown"
        return "\(Self.plain(file)): \(size), \(all ? "all" : "the first \(found.sniffedBytes)") looked at"
    }

    private var findings: String {
        let width = min(28, found.findings.map(\.value.count).max() ?? 0)
        return found.findings.map { finding in
            "  \(Columns.left(finding.subject, 10))  \(Columns.left(Self.plain(finding.value), width))  \(Columns.left(finding.confidence.rawValue, 7))  \(Self.plain(finding.reason))"
        }.joined(separator: "\n")
    }

    private func columns(of kind: SniffedFeed.Kind) -> String {
        let shown = kind.columns.prefix(Self.columnsMost)
        let names = min(Self.nameWidthMost, max(6, shown.map(\.name.count).max() ?? 0))
        let looks = min(64, max(10, shown.map { Self.look($0).count }.max() ?? 0))
        let title = Columns.count(kind.count, "record") + (kind.name.map { " of kind \(Self.plain($0))" } ?? "")
        var lines = [title, "  \(Columns.left("column", names))  filled  distinct  \(Columns.left("looks like", looks))  \(Columns.left("may be", 16))\(hasSamples ? "  samples" : "")"]
        for column in shown {
            let filled = column.of == 0 ? "–" : "\(column.filled * 100 / column.of) %"
            let distinct = "\(column.distinct)\(column.hasMoreDistinct ? "+" : "")"
            let samples = hasSamples ? "  " + column.samples.map(Self.plain).joined(separator: " · ") : ""
            let line = "  \(Columns.left(Self.plain(column.name), names))  \(Columns.right(filled, 6))  \(Columns.right(distinct, 8))  \(Columns.left(Self.look(column), looks))  \(Columns.left(column.role?.rawValue ?? "", 16))\(samples)"
            lines.append(String(line.reversed().drop { $0 == " " }.reversed()))
        }
        if kind.columns.count > shown.count { lines.append("  and \(kind.columns.count - shown.count) more") }
        return lines.joined(separator: "\n")
    }

    private static func look(_ column: SniffedColumn) -> String {
        guard let outer = column.outerMark else { return column.look?.description ?? "" }
        return "groups with \(outer) between" + (column.innerMark.map { ", \($0) inside" } ?? "")
    }

    /// Without what a terminal would obey.
    private static func plain(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
            plain.unicodeScalars.append(isControl ? "?" : scalar)
        }
        return plain
    }
}
