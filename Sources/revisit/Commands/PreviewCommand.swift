import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import SQLiteStorage
internal import ScriptKit

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Shows the messages of one customer's follow-up as their reader will see them.",
        discussion: """
            They come by the very path that sends, at the time that each would go: contact policy, scripts, rules of messages. Nothing \
            is sent. Below a text stands what it costs: its alphabet, its segments, and the character that made it unicode. Exit 1 when a \
            script failed, so that the standard wording would go out.
            """)

    /// Long enough for day 60 and its grace.
    private static let days = 75

    enum Channel: String, ExpressibleByArgument, CaseIterable { case sms, email, call }

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Argument(help: "The repair order; else the first with declined work.") var ro: String?
    @Option(help: "The export that has it; else those in the rooftop's fixtures.", completion: .file()) var export: String?
    @Option(help: "Take the repair order from this ledger, which stays as it is.", completion: .file()) var database: String?
    @Option(help: "Only the touch of this day: 3, 10, 30 or 60.") var day: Int?
    @Option(help: "As if the customer preferred it: sms, email or call.") var channel: Channel?
    @Option(help: "auto, always or never.") var color = TerminalStyle.Color.auto

    func validate() throws {
        if let day, !TouchKind.allCases.map(\.day).contains(day) { throw ValidationError("expected --day to be 3, 10, 30 or 60, got: \(day)") }
        if export != nil, database != nil { throw ValidationError("--export and --database both say where repair orders are; give one") }
        if database != nil, ro == nil { throw ValidationError("--database needs the repair order's number") }
    }

    func run() async throws {
        do {
            try await show()
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop, export: export)
        }
    }

    private func show() async throws {
        let scratch = try ScratchFolder()
        let folder = try await RooftopFolder(rooftop)
        let source = RepairOrderSource(rooftop: rooftop, export: export, database: database, ro: ro.map { RepairOrder.Number($0) })
        var orders = try await source.orders(of: folder)
        guard let number = ro.map({ RepairOrder.Number($0) }) ?? orders.first(where: { !$0.declined.isEmpty })?.roNumber else {
            throw RooftopFolder.NoRepairOrder(
                description: "no repair order at hand: put an export in \(rooftop)/fixtures, or name one with --export")
        }
        orders = try orders.ofCustomer(with: number, in: export ?? "\(rooftop)/fixtures").map(preferring)
        let journey = Journey(
            .init(rooftop: folder.rooftop, writer: try await folder.scripts(in: SandboxPool()), orders: orders), roNumber: number,
            makeLedger: { try SQLiteLedger.scratch(path: scratch.path("look-\(UUID().uuidString).sqlite")) }, link: BookingLinks.sample)
        let look = try await journey.look(after: Self.days)
        let page = PreviewPage(
            look: look, roNumber: number, rooftop: folder.rooftop, day: day, others: try await others(in: look, by: journey.participant.writer),
            style: TerminalStyle(color: color))
        Console.result(Array(TerminalStyle(color: color).shown(page.text).utf8))
        if page.hasFailures { throw ExitStatus.findings }
    }

    /// What would be written for a channel that was asked for and isn't permitted.
    private func others(in look: Journey.Look, by writer: any TouchWriter) async throws -> [Touch.ID: Draft] {
        guard let channel = channel.flatMap({ ContactChannel(rawValue: $0.rawValue) }) else { return [:] }
        var others: [Touch.ID: Draft] = [:]
        for intent in look.sent where intent.channel != channel {
            guard let facts = look.facts[intent.touch] else { continue }
            let request = DraftRequest(facts: facts, permissions: ChannelPermissions(allowed: [channel]), seed: UInt64(bitPattern: intent.touch.number))
            others[intent.touch] = try await writer.drafts(of: [request]).first
        }
        return others
    }

    private func preferring(_ order: RepairOrder) -> RepairOrder {
        guard let channel = channel.flatMap({ ContactChannel(rawValue: $0.rawValue) }) else { return order }
        var order = order
        order.customer.preferredChannel = Customer.Preference.allCases.first { $0.channel == channel }
        return order
    }
}
