import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import ScriptKit

struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Plays an export through invented time: what would be sent, when, in which words.",
        discussion: """
            Planner, dispatcher, contact policy and scripts are those of production; only the clock, the gateway and the customers are \
            not. Nothing is sent. The same seed gives the same run. Every message is checked against the host's promises as it goes.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, ndjson }

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Argument(help: "The export; a name in the rooftop's folder will do.", completion: .file()) var file: String
    @Option(help: "Days to simulate, from the first visit of the export.") var days: Int = 60
    @Option(help: "What customers do is drawn from it.") var seed: UInt64 = 7
    @Option(help: "What customers do is written in this Lua file instead: replies, bookings, visits, outages.", completion: .file(extensions: ["lua"]))
    var scenario: String?
    @Flag(help: "Nobody answers.") var silent = false
    @Option(help: ArgumentHelp("Only the visits of the customer of this repair order.", valueName: "number")) var ro: String?
    @Option(help: "Keep the ledger in this new file, to ask `revisit why` and `revisit report`.") var database: String?
    @Flag(help: "Print the report alone.") var quiet = false
    @Option(help: "pretty, a timeline to read, or ndjson, one JSON object an event.") var format = Format.pretty

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("expected --days to be from 1 to 3660, got: \(days)") }
        if silent, scenario != nil { throw ValidationError("--silent and --scenario both say what customers do; give one") }
    }

    func run() async throws {
        do {
            try await SimulationRun(
                participants: [(rooftop, file)], days: days, seed: seed, scenario: try await readScenario(), isSilent: silent,
                roNumber: ro.map { RepairOrder.Number($0) }, database: database,
                output: format == .ndjson ? .events : quiet ? .report : .timeline
            ).run()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: file)
        }
    }

    private func readScenario() async throws -> Scenario? {
        guard let scenario else { return nil }
        let source = ScriptSource(name: URL(filePath: scenario).lastPathComponent, text: try InputText.read(scenario))
        return try await SandboxThread.perform { try ScenarioReader().scenario(in: source) }
    }
}
