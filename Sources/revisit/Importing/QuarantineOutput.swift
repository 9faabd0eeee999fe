internal import Feeds
import Foundation

/// Writes quarantined rows to a file as they come.
struct QuarantineOutput {
    /// The file named by `--quarantine` can't be written.
    struct Unwritable: Error, CustomStringConvertible {
        let path: String

        var description: String {
            "\(path): quarantined rows can't be written here; check that the folder exists and that you may write to it"
        }
    }

    private struct Line: Encodable {
        let code, reason: String
        let script_line: String?
        let line_from, line_to, byte_offset: Int
        /// The row as text; its exact bytes are in `raw_base64`.
        let raw: String
        let raw_base64: String
        /// True when only the beginning of a very long row was kept.
        let truncated: Bool
    }

    private(set) var rowCount = 0
    private let path: String?
    private let file: FileHandle?
    private let encoder = JSONEncoder()

    /// Opens the file, if there is to be one. Throws `Unwritable`.
    init(path: String?) throws {
        self.path = path
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let path else {
            file = nil
            return
        }
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path) else {
            throw Unwritable(path: path)
        }
        self.file = file
    }

    mutating func write(_ aside: ExportMapping.PutAside) throws {
        rowCount += aside.rows.count
        guard let file, let path else { return }
        for row in aside.rows {
            let line = Line(
                code: aside.code, reason: aside.reason, script_line: aside.scriptLine, line_from: row.place.lineFrom,
                line_to: row.place.lineTo, byte_offset: row.place.byteOffset, raw: String(decoding: row.rawBytes, as: UTF8.self),
                raw_base64: Data(row.rawBytes).base64EncodedString(), truncated: row.isTruncated)
            let text = try encoder.encode(line)
            do {
                try file.write(contentsOf: text + Data("\n".utf8))
            } catch {
                throw Unwritable(path: path)
            }
        }
    }
}
