import ArgumentParser
import Foundation

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Plays an export through invented time: what would be sent, when, in which words.",
        discussion: """
            Planner, dispatcher, contact policy and scripts are those of production; only the clock, the gateway and the customers are \
            not. Nothing is sent. The same seed gives the same run.
            """)

    @Argument(help: "The rooftop's folder, as scripts/hillside.") var rooftop: String
    @Argument(help: "The export.") var file: String
    @Option(help: "Days to simulate, from the first visit of the export.") var days: Int = 60
    @Option(help: "What customers do is drawn from it.") var seed: UInt64 = 7
    @Option(help: "Keep the ledger in this new file, to ask `revisit why` and `revisit report`.") var database: String?
    @Flag(help: "Print the report alone.") var quiet = false

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("expected --days to be from 1 to 3660, got: \(days)") }
    }

    func run() async throws {
        do {
            try await SimulationRun(participants: [(rooftop, file)], days: days, seed: seed, database: database, isQuiet: quiet).run()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }
}
