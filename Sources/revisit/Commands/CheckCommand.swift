import ArgumentParser
internal import FollowUp
import Foundation
internal import Lua
internal import ScriptKit
internal import Scripting

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Loads a rooftop's scripts and says what is wrong with them.",
        discussion: """
            Looks the texts over for misspelt names and likely slips, and has them write every kind of touch for samples and for the \
            repair orders of the rooftop's fixtures. Exit 1 when something is wrong; warnings (!) alone exit 0.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case pretty, json }

    /// A Tuesday in March, from which day 60 falls before summer.
    private static let sampleVisit = LocalDate(dayNumber: 20_515)

    @Argument(help: "The rooftop's folder, as scripts/hillside.", completion: .directory) var rooftop: String
    @Flag(help: "Exit 1 for warnings too.") var strict = false
    @Option(help: "pretty or json.") var format = Format.pretty
    @Option(help: "auto, always or never.") var color = TerminalStyle.Color.auto

    func run() async throws {
        do {
            let bundle = try ScriptBundle(folder: URL(filePath: rooftop), stdlib: StandardLibrary.folder())
            let orders = await fixtureOrders()
            let report = try await SandboxThread.perform { try RooftopCheck(bundle: bundle, orders: orders).report(forVisitOn: Self.sampleVisit) }
            switch format {
            case .pretty:
                let style = TerminalStyle(color: color)
                let page = CheckPage(report: report, files: bundle.own.map(\.name), style: style)
                Console.result(Array(style.shown(page.text).utf8))
            case .json: try Console.result(json: Document(report))
            }
            let isBad = strict ? !report.findings.isEmpty : !report.errors.isEmpty
            if isBad { throw ExitStatus.findings }
        } catch {
            throw ExitStatus.of(error, rooftop: rooftop)
        }
    }

    /// A mapping that doesn't work has no repair orders, and is told of otherwise.
    private func fixtureOrders() async -> [RepairOrder] {
        guard let folder = try? await RooftopFolder(rooftop), folder.bundle.present.contains("mapping") else { return [] }
        var orders: [RepairOrder] = []
        for export in folder.fixtureExports {
            do {
                orders += try await folder.orders(in: export, isQuiet: true)
            } catch {
                Console.note("\(export): \(error)")
            }
        }
        return orders
    }

    private struct Document: Encodable {
        struct Finding: Encodable {
            let severity, rule, file, message: String
            let line, column: Int?
            let excerpt, remedy, occasion: String?
        }

        let schema = "revisit.check/1"
        let messages, repair_orders: Int
        let findings: [Finding]

        init(_ report: RooftopCheck.Report) {
            messages = report.messageCount
            repair_orders = report.orderCount
            findings = report.findings.map {
                Finding(
                    severity: $0.severity.rawValue, rule: $0.rule, file: $0.file, message: $0.message, line: $0.line, column: $0.column,
                    excerpt: $0.excerpt?.line, remedy: $0.remedy, occasion: $0.occasion)
            }
        }
    }
}
