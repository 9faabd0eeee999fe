internal import Feeds
internal import Foundation

/// One raw record beside what it became.
struct ExplainPage {
    let watched: ExportMapping.Watched

    /// Whether the line is one of the record's.
    func has(line: Int) -> Bool {
        if case .quarantined(let aside) = watched.record, aside.rows.contains(where: { ($0.place.lineFrom...max($0.place.lineFrom, $0.place.lineTo)).contains(line) }) { return true }
        return watched.sources.contains { ($0.place.lineFrom...max($0.place.lineFrom, $0.place.lineTo)).contains(line) }
    }

    var text: String {
        let records = watched.sources.map(page).joined(separator: "\n")
        return records + (records.isEmpty ? "" : "\n") + outcome
    }

    private func page(_ record: SourceRecord) -> String {
        let place = record.place
        let lines = place.lineTo > place.lineFrom ? "lines \(place.lineFrom) to \(place.lineTo)" : "line \(place.lineFrom)"
        let kind = record.kind.map { ", record \($0)" } ?? ""
        let width = min(48, record.fields.map(\.name.count).max() ?? 0)
        let fields = record.fields.map { field in
            "  \(field.wasRead ? "•" : " ") \(Columns.left(field.name, width))  \(Self.shown(field.text))\n"
        }
        return "\(lines), byte \(place.byteOffset)\(kind)   • read by the mapping\n" + fields.joined()
    }

    private var outcome: String {
        switch watched.record {
        case .repairOrder(let order, _): return "became\n\(Self.pretty(order))\n"
        case .skipped(let reason, _): return "was skipped: \(reason)\n"
        case .quarantined(let aside):
            let script = aside.scriptLine.map { " (\($0))" } ?? ""
            let raw = aside.rows.map { "  \(Self.shown(String(decoding: $0.rawBytes, as: UTF8.self)))\n" }.joined()
            return (watched.sources.isEmpty ? "raw\n\(raw)" : "") + "was put aside: \(aside.code): \(aside.reason)\(script)\n"
        }
    }

    /// Control characters never reach the terminal.
    private static func shown(_ text: String) -> String {
        String(text.unicodeScalars.flatMap { scalar -> [Character] in
            scalar.value < 0x20 || scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value)
                ? Array("\\u{\(String(scalar.value, radix: 16))}") : [Character(scalar)]
        })
    }
}
