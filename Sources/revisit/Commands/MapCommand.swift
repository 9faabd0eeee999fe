import ArgumentParser
internal import Feeds
internal import FollowUp
import Foundation
internal import Scripting

struct MapCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Shows what a rooftop's mapping makes of an export; nothing is stored.",
        discussion: "Prints canonical repair orders as JSON. Exit 1 when rows were quarantined.")

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Argument(help: "The export.") var file: String
    @Option(help: "Write quarantined rows here, one JSON object a line.") var quarantine: String?
    @Option(
        parsing: .singleValue, help: "Exit 65 when more rows are put aside: a share of the rows, as 5%, or a number, as 100; or both.",
        transform: ErrorLimit.reading)
    var maxErrors: [ErrorLimit] = []

    func run() async throws {
        do {
            try await map()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }

    private func map() async throws {
        let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
        let export = try await ExportMapping(bundle: bundle, file: file)
        var quarantined = try QuarantineOutput(path: quarantine)
        var output = RepairOrderOutput()
        var fold = RevisionFold()
        var skipped = 0
        _ = try await export.open()
        while let record = try await export.next() {
            switch record {
            case .repairOrder(let order, _):
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
        guard quarantined.rowCount > 0 else { return }
        if !maxErrors.isEmpty { try TooManyErrors.check(ErrorLimit(maxErrors), quarantined: quarantined.rowCount, export) }
        for line in export.firstReasons { Console.note("  " + line) }
        throw ExitStatus.findings
    }
}
