internal import FollowUp
internal import ScriptKit
internal import Synchronization

/// A simulation for other programs: one JSON object a line, as it happens.
final class EventLines: SimulationListener {
    private struct Line: Encodable {
        let schema = "revisit.simulation/1"
        let event: String
        let at: String
        let rooftop: String?
        var touch: Int64?
        var kind, channel, subject, text, reply, since: String?
        var repair_orders, declined: Int?
    }

    private let zones: [String: Zone]
    private let zone: Zone
    private let kept = Mutex<[Intent]>([])

    init(of rooftops: [Rooftop]) {
        zones = Dictionary(rooftops.map { ($0.id, $0.zone) }) { first, _ in first }
        zone = rooftops.first?.zone ?? .utc
    }

    var intents: [Intent] { kept.withLock { $0 } }

    func begin(_ period: ClosedRange<LocalDate>, _ who: String) {}

    func show(_ intent: Intent) {
        kept.withLock { $0.append(intent) }
        var line = line("sent", intent.rooftop, intent.decidedAt, intent.touch)
        line.kind = intent.kind.rawValue
        line.channel = intent.channel.rawValue
        switch intent.message {
        case .sms(let text), .call(let text): line.text = text
        case .email(let subject, let text): (line.subject, line.text) = (subject, text)
        }
        write(line)
    }

    func show(_ event: Simulation.Event) {
        switch event {
        case .arrived(let rooftop, let orders, let declined, let at):
            var line = line("arrived", rooftop, at, nil)
            (line.repair_orders, line.declined) = (orders, declined)
            write(line)
        case .replied(let touch, let words, let rooftop, _, let at):
            var line = line(ReplyMeaning(of: words) == .optOut ? "opted_out" : "replied", rooftop, at, touch)
            line.reply = words
            write(line)
        case .booked(let touch, let rooftop, let at): write(line("booked", rooftop, at, touch))
        case .stoodStill(let from, let until):
            var line = line("stood_still", nil, until, nil)
            line.since = moment(from, nil)
            write(line)
        }
    }

    /// Local time of the rooftop; of the first one for what concerns all.
    private func line(_ event: String, _ rooftop: String?, _ at: Timestamp, _ touch: Touch.ID?) -> Line {
        Line(event: event, at: moment(at, rooftop), rooftop: rooftop, touch: touch?.number)
    }

    private func moment(_ at: Timestamp, _ rooftop: String?) -> String {
        let local = (rooftop.flatMap { zones[$0] } ?? zone).local(at: at)
        return "\(local.date) \(local.time)"
    }

    private func write(_ line: Line) {
        do {
            try Console.result(json: line)
        } catch {
            preconditionFailure("plain text and numbers are JSON: \(error)")
        }
    }
}
