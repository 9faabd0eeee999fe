import ArgumentParser
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "The weekly Fixed Ops report: how far declined work came, and what it brought back.")

    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json
    }

    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"
    @Option(help: "A rooftop's id; repeat it for several. All when left out.") var rooftop: [String] = []
    @Option(help: "The last day that counts, YYYY-MM-DD; yesterday when left out.") var asOf: String?
    @Option(help: "text or json.") var format: Format = .text

    func run() async throws {
        do {
            try await report()
        } catch {
            throw ExitStatus.of(error, rooftop: database)
        }
    }

    private func report() async throws {
        let ledger = try ExistingLedger.open(database)
        let known = try await ledger.rooftops()
        for id in rooftop where !known.contains(where: { $0.id == id }) {
            throw ExistingLedger.Missing(
                description: "\(database) has no rooftop '\(id)'; it has \(known.isEmpty ? "none yet: import an export first" : known.map(\.id).joined(separator: ", "))")
        }
        let chosen = known.filter { rooftop.isEmpty || rooftop.contains($0.id) }
        let last: LocalDate
        if let asOf {
            guard let date = LocalDate(asOf) else { throw ValidationError("expected --as-of to be a date as 2026-03-31, got: \(asOf)") }
            last = date
        } else {
            last = (chosen.first?.zone ?? .utc).localDate(at: SystemClock().now) - 1
        }
        let ids = chosen.map(\.id)
        let report = FixedOpsReport(items: try await ledger.reportItems(rooftops: ids), asOf: last)
        let since = Zone.utc.timestamp(of: last - 6, .midnight)
        let failures = try await ledger.scriptFailures(rooftops: ids, since: since, limit: 20)
        switch format {
        case .json: print(try ReportJSON(report, failures).text(), terminator: "")
        case .text:
            let title = chosen.map(\.name).joined(separator: ", ")
            let names = Dictionary(chosen.map { ($0.id, $0.name) }) { first, _ in first }
            print(ReportPage(report: report, title: title.isEmpty ? "no rooftop yet" : title, names: names, failures: failures).text, terminator: "")
        }
    }
}
