import Foundation

/// Collects quarantined rows for a file and for the closing lines on stderr.
struct QuarantineOutput {
    private static let reasonsShown = 5

    private struct Line: Encodable {
        let code, reason: String
        let script_line: String?
        let line_from, line_to, byte_offset: Int
        /// The row as text; bytes that are not UTF-8 are also kept exactly in `raw_base64`.
        let raw: String
        let raw_base64: String
    }

    private(set) var rowCount = 0
    private(set) var firstReasons: [String] = []
    private var lines: [Line] = []

    mutating func write(_ aside: ExportMapping.PutAside) {
        rowCount += aside.rows.count
        if let first = aside.rows.first, firstReasons.count < Self.reasonsShown {
            let script = aside.scriptLine.map { " (\($0))" } ?? ""
            firstReasons.append("line \(first.lineFrom): \(aside.code): \(aside.reason)\(script)")
        }
        for row in aside.rows {
            lines.append(
                Line(
                    code: aside.code, reason: aside.reason, script_line: aside.scriptLine, line_from: row.lineFrom,
                    line_to: row.lineTo, byte_offset: row.byteOffset, raw: String(decoding: row.rawBytes, as: UTF8.self),
                    raw_base64: Data(row.rawBytes).base64EncodedString()))
        }
    }

    func save(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var data = Data()
        for line in lines {
            data.append(try encoder.encode(line))
            data.append(UInt8(ascii: "\n"))
        }
        try data.write(to: URL(filePath: path))
    }
}
