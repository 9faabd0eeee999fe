internal import Channels
internal import FollowUp
internal import Foundation

/// What tests of crashes change about `serve`: its clock, how often it takes a turn, and where it dies.
///
/// None of it is there unless the environment names it, and it is refused unless every provider is on this machine: no customer is written to
/// on invented time.
struct Rehearsal: Sendable {
    static let clockVariable = "REVISIT_CLOCK"
    static let turnVariable = "REVISIT_TURN_MILLISECONDS"
    static let failpointVariable = "REVISIT_FAILPOINT"

    let clock: any WallClock
    /// From the end of a rooftop's turn to the next; nil for what each worker usually has.
    private let turnEvery: Duration?
    let failpoint: Failpoint?

    /// - Throws: `ServeConfiguration.Faulty`.
    init(_ configuration: ServeConfiguration, environment: [String: String]) throws {
        var faults: [String] = []
        let named = [Self.clockVariable, Self.turnVariable, Self.failpointVariable].filter { environment[$0] != nil }
        if !named.isEmpty, !Self.isOnThisMachine(configuration) {
            faults.append("\(named.joined(separator: ", ")): for tests, so twilio.api_url and smtp.host must be on 127.0.0.1")
        }
        var clock: any WallClock = SystemClock()
        if let path = environment[Self.clockVariable] {
            if let moved = RehearsalClock(path: path) { clock = moved } else { faults.append("\(Self.clockVariable): \(path) holds no number of seconds") }
        }
        turnEvery = environment[Self.turnVariable].flatMap(Int.init).map { .milliseconds($0) }
        failpoint = environment[Self.failpointVariable].flatMap(Failpoint.init)
        if let name = environment[Self.failpointVariable], failpoint == nil {
            faults.append("\(Self.failpointVariable): there is no \(name); there are \(Failpoint.Place.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard faults.isEmpty else { throw ServeConfiguration.Faulty(file: configuration.file, faults: faults) }
        self.clock = clock
    }

    /// How long a worker rests that usually rests so long. One that seldom asks a provider isn't made to ask it all the time.
    func every(_ usual: Duration) -> Duration {
        guard let turnEvery else { return usual }
        return usual > .seconds(60) ? turnEvery * 25 : turnEvery
    }

    /// The ports of a ledger, with the failpoint around them when there is one.
    func ports<Ledger: FollowUpLedger & DeliveryLedger & InboxLedger>(of ledger: Ledger) -> any FollowUpLedger & DeliveryLedger & InboxLedger {
        guard let failpoint else { return ledger }
        return FailpointLedger(ledger: ledger, failpoint: failpoint)
    }

    func gateway(_ gateway: any Gateway) -> any Gateway {
        guard let failpoint else { return gateway }
        return FailpointGateway(gateway: gateway, failpoint: failpoint)
    }

    /// What watches a text's bytes; nil when nothing does.
    var texts: (@Sendable (RequestMoment) -> Void)? {
        guard let failpoint else { return nil }
        return { moment in
            switch moment {
            case .beforeFirstByte: failpoint.reach(.sendBeforeFirstByte)
            case .afterFirstByte: failpoint.reach(.sendAfterFirstByte)
            case .afterRequest: failpoint.reach(.sendAfterRequest)
            case .afterAnswer: failpoint.reach(.sendAfterAnswer)
            }
        }
    }

    /// What watches an e-mail's bytes; nil when nothing does.
    var mail: (@Sendable (MailMoment) -> Void)? {
        guard let failpoint else { return nil }
        return { moment in
            switch moment {
            case .beforeFirstByte: failpoint.reach(.mailBeforeFirstByte)
            case .beforeDot: failpoint.reach(.mailBeforeDot)
            case .afterAnswer: failpoint.reach(.mailAfterAnswer)
            }
        }
    }

    private static func isOnThisMachine(_ configuration: ServeConfiguration) -> Bool {
        let hosts = [configuration.texts.flatMap { URLComponents(string: $0.apiURL)?.host }, configuration.mail?.smtp.host].compactMap(\.self)
        let isTextsKnown = configuration.texts == nil || !hosts.isEmpty
        return isTextsKnown && hosts.allSatisfy { ["127.0.0.1", "localhost", "[::1]"].contains($0) }
    }
}
