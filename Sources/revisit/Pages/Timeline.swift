internal import FollowUp
internal import ScriptKit
internal import Synchronization

/// Prints the days of a simulation, line by line: what its gateway was given, and what else happened.
///
/// The first message of its kind is shown whole, the others by their beginning.
final class Timeline: SimulationListener {
    private static let width = 96

    /// What was printed so far.
    private struct Printed {
        var day: LocalDate?
        var offsetSeconds: Int?
        var kinds: Set<String> = []
        var intents: [Intent] = []
    }

    private let rooftops: [String: Rooftop]
    private let order: [String]
    private let zone: Zone
    private let days: Int
    private let printed = Mutex(Printed())

    /// Days begin in the zone of the first rooftop.
    init(of rooftops: [Rooftop], days: Int) {
        self.days = days
        self.rooftops = Dictionary(rooftops.map { ($0.id, $0) }) { first, _ in first }
        order = rooftops.map(\.id)
        zone = rooftops.first?.zone ?? .utc
    }

    var intents: [Intent] { printed.withLock { $0.intents } }

    func begin(_ period: ClosedRange<LocalDate>, _ who: String) {
        let names = rooftops.values.sorted { order.firstIndex(of: $0.id) ?? 0 < order.firstIndex(of: $1.id) ?? 0 }.map(\.name)
        print(
            "Simulating \(Columns.count(days, "day")), \(period.lowerBound.words) to \(period.upperBound.words) \(period.upperBound.year), for "
                + names.joined(separator: ", ") + ". " + who)
    }

    /// What the console's gateway shows.
    func show(_ intent: Intent) {
        printed.withLock { $0.intents.append(intent) }
        let what = "\(intent.touch) \(intent.kind.rawValue) by \(ReportPage.name(intent.channel))"
        let isFirst = printed.withLock { $0.kinds.insert("\(intent.rooftop) \(intent.kind) \(intent.channel)").inserted }
        let words = intent.message.words.split(separator: "\n").map(String.init)
        let start = isFirst ? "" : ": \((words.first ?? "").prefix(56))…"
        show(intent.decidedAt, intent.rooftop, what + start)
        guard isFirst else { return }
        for line in words.flatMap(Self.wrapped) { print("        │ \(line)") }
    }

    func show(_ event: Simulation.Event) {
        switch event {
        case .arrived(let rooftop, let orders, let declined, let at):
            show(at, rooftop, "\(Columns.count(orders, "repair order")) in, \(Columns.count(declined, "item")) declined")
        case .replied(let touch, let words, let rooftop, _, let at):
            let end = ReplyMeaning(of: words) == .optOut ? "opted out; nothing more goes there" : "to the Fixed Ops team; follow-up stops"
            show(at, rooftop, "← reply\(touch.map { " to \($0)" } ?? ""): “\(words)” · \(end)")
        case .booked(let touch, let rooftop, let at):
            show(at, rooftop, "← booked\(touch.map { " from \($0)" } ?? "") · follow-up stops")
        case .stoodStill(let from, let until):
            let since = zone.local(at: from)
            show(until, "", "runs again; nothing ran since \(since.date.words) \(since.time)")
        }
    }

    private func show(_ at: Timestamp, _ rooftop: String, _ words: String) {
        printHeading(at)
        let local = (rooftops[rooftop]?.zone ?? zone).localTime(at: at)
        print("  \(local)  \(Columns.left(rooftops[rooftop]?.name ?? rooftop, 18))\(words)")
    }

    private func printHeading(_ at: Timestamp) {
        let date = zone.localDate(at: at)
        let offset = zone.offsetSeconds(at: zone.timestamp(of: date + 1, .midnight))
        let heading: String? = printed.withLock { printed in
            guard date != printed.day else { return nil }
            let hasChanged = printed.offsetSeconds.map { $0 != offset } ?? false
            printed.day = date
            printed.offsetSeconds = offset
            return date.words + (hasChanged ? "  (clocks have changed: touches stay at their local time)" : "")
        }
        if let heading { print("\n" + heading) }
    }

    private static func wrapped(_ text: String) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            if let last = lines.last, !last.isEmpty, last.count + word.count + 1 > width { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines
    }
}
