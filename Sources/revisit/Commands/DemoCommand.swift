import ArgumentParser
import Foundation

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Shows the main job on three example rooftops: 60 days in simulated time.",
        discussion: "Exports come in, touches go out, customers answer, and the weekly Fixed Ops report counts what came back.")

    private static let examples = [
        ("northgate", "01_cdk_ro_history.csv"), ("hillside", "08_line_items.csv"), ("lakeside", "16_declined_then_done.csv"),
    ]

    @Option(help: "What customers do is drawn from it.") var seed: UInt64 = 7
    @Option(help: "Keep the ledger in this new file, to ask `revisit why` and `revisit report`.") var database: String?

    func run() async throws {
        do {
            let scripts = try StandardLibrary.folder().deletingLastPathComponent().appending(path: "scripts")
            let participants = Self.examples.map { name, export in
                (folder: scripts.appending(path: name).path, export: scripts.appending(path: "\(name)/fixtures/\(export)").path)
            }
            try await SimulationRun(participants: participants, days: 60, seed: seed, database: database, output: .timeline).run()
        } catch {
            throw ExitStatus.of(error, rooftop: "the example rooftops")
        }
    }
}
