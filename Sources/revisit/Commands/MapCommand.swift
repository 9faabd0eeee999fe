import ArgumentParser
internal import Feeds
internal import FollowUp
import Foundation
internal import Scripting

struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Shows what a rooftop's mapping makes of an export; nothing is stored.",
        discussion: """
            Prints canonical repair orders as JSON, or with --coverage, --diff or --explain a page about the mapping instead. \
            Exit 1 when rows were quarantined, or when the two mappings differ.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Argument(help: "The export.") var file: String
    @Option(help: "Write quarantined rows here, one JSON object a line.") var quarantine: String?
    @Option(
        parsing: .singleValue, help: "Exit 65 when more rows are put aside: a share of the rows, as 5%, or a number, as 100; or both.",
        transform: ErrorLimit.reading)
    var maxErrors: [ErrorLimit] = []
    @Flag(help: "Show columns never read, always blank or always the same, consent that reads one way, and fields never filled.")
    var coverage = false
    @Option(help: ArgumentHelp("Show what changed against the mapping in another folder, record by record.", valueName: "old-dir"))
    var diff: String?
    @Option(help: ArgumentHelp("Show the raw record of a line beside what it became.", valueName: "line")) var explain: Int?
    @Option(help: "Of --coverage and --diff: pretty or json.") var format = Format.pretty

    func validate() throws {
        guard [coverage, diff != nil, explain != nil].count(where: { $0 }) <= 1 else {
            throw ValidationError("--coverage, --diff and --explain are one page each; ask for one at a time")
        }
        if let explain, explain < 1 { throw ValidationError("lines are counted from 1") }
    }

    func run() async throws {
        do {
            if coverage {
                try await showCoverage()
            } else if let explain {
                try await showRecord(ofLine: explain)
            } else if let diff {
                try await showDifferences(from: diff)
            } else {
                try await map()
            }
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }

    private func opened(_ rooftop: String) async throws -> ExportMapping {
        let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
        let export = try await ExportMapping(bundle: bundle, file: file)
        _ = try await export.open()
        return export
    }

    private func map() async throws {
        var quarantined = try QuarantineOutput(path: quarantine)
        let export = try await opened(rooftop)
        var output = RepairOrderOutput()
        var fold = RevisionFold()
        var consent = OneWayConsent()
        var skipped = 0
        while let record = try await export.next() {
            switch record {
            case .repairOrder(let order, _):
                consent.note(order)
                if export.format.fold { fold.add(order) } else { output.write(order) }
            case .skipped: skipped += 1
            case .quarantined(let rows): try quarantined.write(rows)
            }
        }
        let summary = export.summary
        for order in fold.standing { output.write(order) }
        output.finish()
        Console.note(
            "\(file): \(summary.rows) rows, \(output.count) repair orders, \(skipped) skipped, \(quarantined.rowCount) rows quarantined")
        if summary.skippedRows > 0 { Console.note("\(Columns.count(summary.skippedRows, "line")) dropped by feed.skip") }
        for warning in consent.warnings { Console.note(warning) }
        guard quarantined.rowCount > 0 else { return }
        if !maxErrors.isEmpty { try TooManyErrors.check(ErrorLimit(maxErrors), quarantined: quarantined.rowCount, export) }
        for line in export.firstReasons { Console.note("  " + line) }
        throw ExitStatus.findings
    }

    // MARK: Pages about the mapping

    private func showCoverage() async throws {
        let export = try await opened(rooftop)
        var coverage = MappingCoverage()
        while let watched = try await export.nextWatched() {
            for source in watched.sources { coverage.add(source) }
            if case .repairOrder(let order, _) = watched.record { coverage.add(order) }
            coverage.add(missed: await export.takeMissedNames())
        }
        switch format {
        case .pretty: Console.result(Array(CoveragePage(coverage: coverage).text.utf8))
        case .json: try Console.result(json: CoverageDocument(coverage))
        }
    }

    private func showRecord(ofLine line: Int) async throws {
        let export = try await opened(rooftop)
        var isFound = false
        while let watched = try await export.nextWatched() {
            let page = ExplainPage(watched: watched)
            guard page.has(line: line) else { continue }
            Console.result(Array(((isFound ? "\n" : "") + page.text).utf8))
            isFound = true
        }
        guard isFound else {
            Console.complain("\(file): no record has line \(line); it is blank, a header or past the end")
            throw ExitStatus.findings
        }
    }

    private func showDifferences(from old: String) async throws {
        let before = try await opened(old), after = try await opened(rooftop)
        var summary = DifferenceSummary()
        var pairs = MappingPairs()
        while true {
            let (oldRecord, newRecord) = (try await before.next(), try await after.next())
            if let oldRecord { pairs.add(old: oldRecord) }
            if let newRecord { pairs.add(new: newRecord) }
            for difference in pairs.takeSettled() { try note(difference, &summary) }
            if oldRecord == nil && newRecord == nil { break }
        }
        for difference in pairs.takeRest() { try note(difference, &summary) }
        if format == .pretty { Console.result(Array(summary.text.utf8)) }
        if summary.changed > 0 { throw ExitStatus.findings }
    }

    private func note(_ difference: MappingDifference, _ summary: inout DifferenceSummary) throws {
        guard difference.old != difference.new else { return summary.addSame() }
        let changes = try difference.changes()
        summary.add(difference, changes)
        switch format {
        case .json: try Console.result(json: DifferenceDocument(difference, changes))
        case .pretty:
            var text = difference.title + "\n"
            for change in changes { text += "  \(change.path): \(change.old) → \(change.new)\n" }
            if changes.isEmpty { text += "  \(difference.old.words) → \(difference.new.words)\n" }
            Console.result(Array(text.utf8))
        }
    }
}
