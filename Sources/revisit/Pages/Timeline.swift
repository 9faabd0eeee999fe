internal import FollowUp
internal import ScriptKit

/// The days of a simulation, line by line. The first message of its kind is shown whole, the others by their beginning.
struct Timeline {
    private static let width = 96

    private let zone: Zone
    private var day: LocalDate?
    private var shown: Set<String> = []
    private var offset: Int?

    init(zone: Zone) {
        self.zone = zone
    }

    /// Gives the lines to print for an event, in the order told.
    mutating func lines(for event: Simulation.Event) -> [String] {
        switch event {
        case .arrived(let rooftop, let orders, let declined, let at):
            return heading(at) + [
                line(at, rooftop, "\(Columns.count(orders, "repair order")) in, \(Columns.count(declined, "item")) declined")
            ]
        case .sent(let intent, let rooftop):
            let what = "\(intent.touch) \(intent.kind.rawValue) by \(ReportPage.name(intent.channel))"
            let isFirst = shown.insert("\(rooftop.id) \(intent.kind) \(intent.channel)").inserted
            let words = intent.message.words.split(separator: "\n").map(String.init)
            if isFirst {
                return heading(intent.decidedAt) + [line(intent.decidedAt, rooftop, what)]
                    + words.flatMap { Self.wrapped($0) }.map { "        │ \($0)" }
            }
            let start = words.first ?? ""
            return heading(intent.decidedAt) + [line(intent.decidedAt, rooftop, "\(what): \(start.prefix(56))…")]
        case .replied(let touch, let words, let rooftop, let at):
            let end = ReplyMeaning(of: words) == .optOut ? "opted out; nothing more goes there" : "to the Fixed Ops team; follow-up stops"
            return heading(at) + [line(at, rooftop, "← reply to \(touch): “\(words)” · \(end)")]
        case .booked(let touch, let rooftop, let at):
            return heading(at) + [line(at, rooftop, "← booked from \(touch) · follow-up stops")]
        }
    }

    private func line(_ at: Timestamp, _ rooftop: Rooftop, _ words: String) -> String {
        "  \(rooftop.zone.localTime(at: at))  \(Columns.left(rooftop.name, 18))\(words)"
    }

    private mutating func heading(_ at: Timestamp) -> [String] {
        let date = zone.localDate(at: at)
        guard date != day else { return [] }
        let now = zone.offsetSeconds(at: zone.timestamp(of: date + 1, .midnight))
        defer {
            day = date
            offset = now
        }
        let change = offset.map { $0 != now } ?? false
        return ["", date.words + (change ? "  (clocks have changed: touches stay at their local time)" : "")]
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
