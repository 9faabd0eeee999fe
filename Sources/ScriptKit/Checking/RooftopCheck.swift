public import FollowUp
internal import Lua
public import Scripting

/// Looks a rooftop's scripts over before anything is sent: they load, `rooftop.lua` is right, their text has no slips, and what they
/// say of samples and of the fixtures' repair orders keeps every rule of messages.
public struct RooftopCheck {
    /// What was looked at, and what was found.
    public struct Report: Sendable {
        public internal(set) var findings: [CheckFinding] = []
        /// Messages that were written and looked over.
        public internal(set) var messageCount = 0
        public internal(set) var orderCount = 0

        /// Whether the text was found fault with on that line already, or the same fault was seen with another customer.
        func isKnown(_ finding: CheckFinding) -> Bool {
            finding.line != nil && errors.contains { $0.file == finding.file && $0.line == finding.line && ($0.occasion == nil || $0.message == finding.message) }
        }

        public var errors: [CheckFinding] { findings.filter { $0.severity == .error } }
    }

    /// Repair orders beyond which no more are tried.
    private static let ordersMost = 500

    private let bundle: ScriptBundle
    private let orders: [RepairOrder]

    /// - Parameter orders: Of the rooftop's fixtures, besides samples of ours.
    public init(bundle: ScriptBundle, orders: [RepairOrder]) {
        self.bundle = bundle
        self.orders = orders
    }

    /// Sample touches lie on `visit` and the days after it. Throws only for defects of ours.
    public func report(forVisitOn visit: LocalDate) throws -> Report {
        var report = Report()
        report.findings += try sourceFindings()
        do {
            _ = try Machine().makeImage(of: Program(sources: bundle.sources, entries: bundle.present))
            let rooftop = try RooftopReader(bundle: bundle).rooftop()
            try writeMessages(rooftop, visit, into: &report)
        } catch let error as ScriptError {
            if !report.isKnown(loading(error)) { report.findings.append(loading(error)) }
        } catch let limit as LimitExceeded {
            report.findings.append(finding("does-not-load", limit.frames.first?.file ?? "rooftop.lua", line: limit.frames.first?.line, limit.reason))
        } catch let invalid as RooftopReader.Invalid {
            report.findings.append(invalid.error.map(loading) ?? finding("rooftop", "rooftop.lua", line: nil, invalid.reason))
        }
        return report
    }

    // MARK: - The texts

    private func sourceFindings() throws -> [CheckFinding] {
        let names = try SandboxNames(bundle: bundle)
        return try (bundle.own.filter { $0.name != "rooftop.lua" } + bundle.testSources()).flatMap { source in
            let isTest = source.name.hasPrefix("tests/")
            let check = SourceCheck(
                file: source.name, text: source.text, knownGlobals: isTest ? names.globalsInTests : names.globals,
                modules: names.modules + (isTest ? bundle.fixtures.map { String($0.name.dropLast(".lua".count)) } : []),
                placeholders: names.placeholders)
            return check.findings().map { found in
                CheckFinding(
                    severity: found.severity == .error ? .error : .warning, rule: found.rule.rawValue, file: found.file, line: found.line,
                    column: found.column, message: found.message,
                    excerpt: source.line(found.line).map { Excerpt($0, number: found.line, column: found.column, length: found.length) },
                    remedy: nil, occasion: nil)
            }
        }
    }

    private func loading(_ error: ScriptError) -> CheckFinding {
        CheckFinding(
            severity: .error, rule: "does-not-load", file: error.file ?? "rooftop.lua", line: error.line, column: error.column,
            message: error.problem, excerpt: error.marked, remedy: error.remedy, occasion: nil)
    }

    private func finding(_ rule: String, _ file: String, line: Int?, _ message: String, on occasion: String? = nil) -> CheckFinding {
        CheckFinding(
            severity: .error, rule: rule, file: file, line: line, column: nil, message: message, excerpt: nil, remedy: nil,
            occasion: occasion)
    }

    // MARK: - The messages

    private func writeMessages(_ rooftop: Rooftop, _ visit: LocalDate, into report: inout Report) throws {
        let messenger = try Messenger(bundle: bundle, on: Machine())
        let tried = orders.filter { !$0.declined.isEmpty && $0.status == .closed }.prefix(Self.ordersMost)
        report.orderCount = tried.count
        for order in SampleOrders.all(on: visit) + tried {
            for kind in TouchKind.allCases {
                let facts = Self.facts(kind, of: order, rooftop)
                var failures = [messenger.wish(for: facts, permissions: ChannelPermissions(customer: order.customer), seed: 0).failure]
                for channel in ContactChannel.allCases {
                    report.messageCount += 1
                    if case .message(_, let failure) = try messenger.write(facts, on: channel, seed: 0) { failures.append(failure) }
                    for failure in failures.compactMap({ $0 }) {
                        add(failure, "\(kind.rawValue) by \(channel.rawValue), \(SampleOrders.name(of: order))", to: &report)
                    }
                    failures = []
                }
            }
        }
    }

    /// The same fault of many customers is told once, with the first of them.
    private func add(_ failure: ScriptFailure, _ occasion: String, to report: inout Report) {
        let found = CheckFinding(failure, on: occasion)
        if !report.isKnown(found) { report.findings.append(found) }
    }

    private static func facts(_ kind: TouchKind, of order: RepairOrder, _ rooftop: Rooftop) -> TouchFacts {
        TouchFacts(
            kind: kind, now: rooftop.zone.timestamp(of: order.closedOn + kind.day, rooftop.cadence.sendAt), repairOrder: order,
            items: rooftop.catalogue.items(declinedOn: order), rooftop: TouchFacts.Rooftop(rooftop), bookingLink: rooftop.bookingLink + "/k3")
    }
}
