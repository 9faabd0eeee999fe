import FollowUp
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import SQLiteStorage
import Synchronization
import Testing

@testable import Server

/// A ledger on a file of its own, with one customer whom one text with a link was sent to, and the web side before it.
final class Fixture: Sendable {
    static let token = "abcdefghij"
    static let phone = "+13125550142"
    static let sentAt = Timestamp("2026-03-09T15:00:00Z")!

    let folder: ScratchFolder
    let ledger: SQLiteLedger
    let links: CountingLinks
    let clock = MovingClock(Fixture.sentAt + 3600)
    let gate = SendGate()
    let metrics = PrometheusRegistry()
    let log = LogBook()
    let touch: Touch.ID

    init(rooftopName: String = "Lakeside Ford", vehicle: Vehicle = Vehicle(year: 2019, make: "Ford", model: "ESCAPE"), email: Bool = false) async throws {
        folder = try ScratchFolder()
        ledger = try SQLiteLedger(path: folder.path)
        links = CountingLinks(ledger)
        touch = try await Self.send(to: ledger, rooftopName, vehicle, email)
    }

    private static func send(to ledger: SQLiteLedger, _ name: String, _ vehicle: Vehicle, _ email: Bool) async throws -> Touch.ID {
        let zone = try Zone(identifier: "America/Chicago")
        let rooftop = Rooftop(
            id: "lakeside", name: name, hours: RooftopHours(place: Place(zone: zone, jurisdiction: nil)), cadence: Cadence(),
            bookingLink: "https://book.example.com/v")
        try await ledger.register(rooftop)
        let visit = LocalDate("2026-03-06")!
        let order = RepairOrder(
            roNumber: .init("1"), revision: nil, status: .closed, closedOn: visit,
            customer: Customer(
                name: "Ana Diaz", phone: email ? nil : phone, email: email ? "ana@example.com" : nil, textOK: true, emailOK: true),
            vehicle: vehicle, declined: [DeclinedItem(opCode: "BRKF", description: "front brake pads", priceCents: 41_250)], performed: [])
        guard case .new(let id) = try await ledger.begin(rooftop: "lakeside", fileName: "a.csv", sha256: "a", now: sentAt - 86_400 * 2) else {
            throw Unexpected("imported before")
        }
        try await ledger.stage([order], [], in: id)
        _ = try await ledger.publish(id, now: sentAt - 86_400 * 2)
        let planner = Planner(rooftop: rooftop)
        _ = try await ledger.planVisits(rooftop: "lakeside", limit: 10, at: sentAt - 86_400 * 2) { planner.changes(for: $0, at: sentAt - 86_400 * 2) }
        let claim = try #require(try await ledger.dueTouches(rooftop: "lakeside", at: sentAt, limit: 1).first)
        let message: Message = email ? .email(subject: "Your visit", text: "words") : .sms("words")
        let intent = Intent(
            touch: claim.id, kind: claim.touch.kind, generation: claim.generation + 1, rooftop: "lakeside", address: email ? "ana@example.com" : phone,
            message: message, decidedAt: sentAt, notAfter: sentAt + 3600, bundleSHA256: "b", linkToken: token)
        try #require(try await ledger.commit([intent], [], at: sentAt).count == 1)
        try await ledger.settle([
            SendResult(touch: claim.id, generation: intent.generation, outcome: .accepted(providerID: "SM" + String(repeating: "0", count: 32)), settledAt: sentAt)
        ])
        return claim.id
    }

    func application(
        _ settings: WebSettings = WebSettings(mailSecret: "a-long-and-secret-word"), texts: (any TextWebhooks)? = TwilioTexts(),
        ledgers: WebApplication.Ledgers? = nil, rooftops: RooftopDirectory? = nil, readiness: Readiness = .ready
    ) -> some ApplicationProtocol {
        let rooftops =
            rooftops
            ?? RooftopDirectory([RooftopFacts(id: "lakeside", name: "Lakeside Ford", phone: "(312) 555-0100")], fallback: "lakeside")
        let web = WebApplication(
            ledgers: ledgers ?? WebApplication.Ledgers(inbox: ledger, links: links, deliveries: ledger), gate: gate, clock: clock,
            instant: { ContinuousClock.now }, texts: texts, mail: PlainMail(), rooftops: { rooftops }, settings: settings, metrics: metrics,
            readiness: { readiness }, logger: log.logger)
        return web.application(address: .hostname("127.0.0.1", port: 0))
    }

    /// What the inbox tells of the customer, read by a second ledger on the same file: only what is durable.
    func durableEntries() async throws -> [Conversation.Words] {
        let second = try SQLiteLedger(path: folder.path)
        let states = Set(Conversation.State.allCases)
        guard let one = try await second.conversations(rooftops: nil, states: states, limit: 10).first else { return [] }
        let whole = try await second.conversation(one.id)
        return whole?.entries.map(\.words).filter { if case .touch = $0 { false } else { true } } ?? []
    }

    /// Why the customer's follow-up ended; nil while it runs.
    func ended() async throws -> EnrollmentEnd? { try await ledger.history(of: touch)?.ended }
}

/// A folder that goes with its fixture.
final class ScratchFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        do { try FileManager.default.removeItem(at: url) } catch { Issue.record("can't remove \(url.path): \(error)") }
    }

    var path: String { url.appending(path: "ledger.sqlite").path }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

final class MovingClock: WallClock {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp) {
        self.time = Mutex(time)
    }

    var now: Timestamp { time.withLock { $0 } }

    func move(seconds: Int64) { time.withLock { $0 = $0 + seconds } }
}

/// Goes up once.
final class Flag: Sendable {
    private let up = Mutex(false)

    var isUp: Bool { up.withLock { $0 } }

    func raise() { up.withLock { $0 = true } }
}

/// Keeps every line that is logged.
final class LogBook: Sendable {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(book: self) }
        logger.logLevel = .trace
        return logger
    }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            book.kept.withLock { $0.append("\(event.level) \(event.message) \(all.sorted { $0.key < $1.key })") }
        }
    }
}

extension TestClientProtocol {
    func get(_ uri: String, _ headers: HTTPFields = [.userAgent: browser]) async throws -> TestResponse {
        try await execute(uri: uri, method: .get, headers: headers)
    }

    func post(_ uri: String, _ form: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        if !headers.contains(.contentType) { headers[.contentType] = "application/x-www-form-urlencoded" }
        return try await execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: form))
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}

let browser = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"
