import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import SQLiteStorage
internal import Scripting

struct ReplayDecisionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay-decisions", abstract: "What a rooftop's scripts of today would have altered in the touches of the last days.",
        discussion: """
            Each touch that was to be written is written again, from the input and seed that the ledger kept, by the scripts in the folder \
            and the standard wording of today. Nothing is sent and nothing is stored. What rooftop.lua says now has no part in it: a record \
            holds what it said then. Exit 1 when something would be another.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Option(help: "How many days back.") var days: Int = 30
    @Option(help: "The last day that counts, YYYY-MM-DD; today when left out.") var until: String?
    @Option(help: "The ledger's file.") var database: String = "revisit.sqlite"
    @Option(help: "Changes to show; with json all are given.") var limit: Int = 20
    @Option(help: "pretty, or json: the counts, then one object a change.") var format = Format.pretty
    @Option(help: "auto, always or never.") var color = TerminalStyle.Color.auto

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("expected --days to be from 1 to 3660, got: \(days)") }
        guard limit >= 0 else { throw ValidationError("expected --limit to be 0 or more, got: \(limit)") }
        if let until, LocalDate(until) == nil { throw ValidationError("expected --until to be a date as 2026-03-31, got: \(until)") }
    }

    func run() async throws {
        do {
            try await replay()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }

    private func replay() async throws {
        let folder = try await RooftopFolder(rooftop)
        let ledger = try ExistingLedger.open(database)
        try await ExistingLedger.check(folder.rooftop.id, isIn: ledger, database)
        let zone = folder.rooftop.zone
        let last = until.flatMap { LocalDate($0) } ?? zone.localDate(at: SystemClock().now)
        let replay = DecisionReplay(scripts: try await folder.scripts(in: SandboxPool()))
        let outcome = try await replay.run(
            in: ledger, rooftop: folder.rooftop.id, since: zone.timestamp(of: last - (days - 1), .midnight),
            until: zone.timestamp(of: last + 1, .midnight))
        if outcome.looked == 0, outcome.unreadable.isEmpty {
            Console.complain("\(database) has no record of \(folder.rooftop.id) in the \(Columns.count(days, "day")) to \(last); --until names another day")
            throw ExitStatus.nothingRan
        }
        switch format {
        case .pretty:
            let style = TerminalStyle(color: color)
            Console.result(
                Array(style.shown(DecisionReplayPage(outcome: outcome, zone: zone, days: days, limit: limit, style: style).text).utf8))
        case .json: Console.result(DecisionReplayJSON(outcome: outcome).lines)
        }
        if !outcome.changes.isEmpty { throw ExitStatus.findings }
    }
}
