import ArgumentParser
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine", abstract: "Lists the rows that were put aside and wait to be replayed.",
        discussion: "The rows themselves hold what customers told the store; they are shown with --raw alone.")

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case pretty, json
    }

    private struct Line: Encodable {
        let file, sha256, code, reason: String
        let script_line: String?
        let line_from, line_to, byte_offset: Int
        let raw, raw_base64: String?
        let truncated: Bool
    }

    private static let page = 500

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"
    @Option(help: "pretty, or json: one object a line.") var format: Format = .pretty
    @Flag(help: "Show the rows as they stand in their files.") var raw = false

    func run() async throws {
        do {
            try await list()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }

    private func list() async throws {
        let folder = try await RooftopFolder(rooftop)
        let ledger = try ExistingLedger.open(database)
        try await ExistingLedger.check(folder.rooftop.id, isIn: ledger, database)
        let imports = try await ledger.waitingImports(rooftop: folder.rooftop.id)
        for imported in imports {
            if format == .pretty {
                let day = folder.rooftop.zone.localDate(at: imported.publishedAt)
                print("\(imported.file.name), imported \(day): \(Columns.count(imported.rows, "row"))")
            }
            var last: QuarantinedEntry.ID?
            while true {
                let rows = try await ledger.quarantine(of: imported.id, after: last, limit: Self.page)
                for row in rows { try show(row) }
                guard let end = rows.last, rows.count == Self.page else { break }
                last = end.id
            }
        }
        if imports.isEmpty { Console.note("no row of \(folder.rooftop.id) waits in quarantine") }
    }

    private func show(_ row: QuarantinedEntry) throws {
        let entry = row.entry
        switch format {
        case .pretty:
            let lines = entry.lineFrom == entry.lineTo ? "line \(entry.lineFrom)" : "lines \(entry.lineFrom)-\(entry.lineTo)"
            let script = entry.scriptLine.map { " (\($0))" } ?? ""
            print("  \(Columns.left(lines, 14)) \(entry.code): \(entry.reason)\(script)")
            if raw { print("    " + String(decoding: entry.rawBytes, as: UTF8.self).replacing("\n", with: "\n    ")) }
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let line = Line(
                file: row.fileName, sha256: row.sha256, code: entry.code, reason: entry.reason, script_line: entry.scriptLine,
                line_from: entry.lineFrom, line_to: entry.lineTo, byte_offset: entry.byteOffset,
                raw: raw ? String(decoding: entry.rawBytes, as: UTF8.self) : nil,
                raw_base64: raw ? Data(entry.rawBytes).base64EncodedString() : nil, truncated: entry.isTruncated)
            Console.result(Array(try encoder.encode(line)) + [UInt8(ascii: "\n")])
        }
    }
}
