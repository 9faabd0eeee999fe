import ArgumentParser
internal import FollowUp
import Foundation
internal import SQLiteStorage

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Why a touch was sent or not: rule, time, scripts and the exact words.",
        discussion: """
            For each decision: what the rooftop's hooks returned and where, the seed and the hash of the scripts. --format json has the touch \
            as the hooks saw it too, one object a touch.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @Argument(help: "A touch, as 12 or '#12', or a repair order with --ro.") var touch: String?
    @Option(help: "All touches of the follow-up of this repair order.") var ro: String?
    @Option(help: "The rooftop's id, where several have that repair order number.") var rooftop: String?
    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"
    @Option(help: "pretty or json.") var format = Format.pretty

    func validate() throws {
        guard (touch == nil) != (ro == nil) else { throw ValidationError("give a touch, as 12, or --ro with a repair order's number") }
    }

    func run() async throws {
        do {
            let ledger = try ExistingLedger.open(database)
            for id in try await touches(in: ledger) {
                guard let history = try await ledger.history(of: id) else {
                    throw ExistingLedger.Missing(description: "\(database) has no touch \(id)")
                }
                let rooftop = try await ledger.rooftops().first { $0.id == history.rooftop }
                let name = rooftop?.name ?? history.rooftop
                switch format {
                case .pretty: print(WhyPage(history: history, rooftop: name, zone: rooftop?.zone ?? .utc).text)
                case .json: Console.result(WhyJSON(history: history, rooftop: name).line)
                }
            }
        } catch {
            throw ExitStatus.of(error, rooftop: database)
        }
    }

    private func touches(in ledger: SQLiteLedger) async throws -> [Touch.ID] {
        if let ro {
            let found = try await ledger.touches(rooftop: rooftop, roNumber: RepairOrder.Number(ro))
            guard !found.isEmpty else {
                throw ExistingLedger.Missing(description: "\(database) has no touch for repair order \(ro): it isn't there, or nothing was declined on it")
            }
            return found
        }
        return [try Touch.ID(argument: touch ?? "")]
    }
}

extension Touch.ID {
    /// Reads "12" or "#12".
    init(argument text: String) throws {
        guard let number = Int64(text.hasPrefix("#") ? String(text.dropFirst()) : text) else {
            throw ValidationError("expected a touch's number as 12, got: \(text)")
        }
        self.init(number)
    }
}
