import FollowUp
import Foundation
import Testing

@testable import Channels

/// What the double posts, received over HTTP.
@Suite struct WebhookTests {
    struct Received: Decodable {
        let path: String
        let signature: String
        let host: String
        let body: String

        func request() throws -> SignedRequest { SignedRequest(pathAndQuery: path, parameters: try TwilioForms.parse(body.utf8)) }
    }

    let receiver: PeerProcess
    let folder: ScratchFolder
    let provider: Provider
    let settings: TwilioSettings

    init() async throws {
        folder = try ScratchFolder()
        let file = folder.url.appending(path: "received").path
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        receiver = try PeerProcess("python3", [PeerProcess.peers.appending(path: "receiver.py").path, file])
        provider = try await Provider("--deliver-to", "http://127.0.0.1:\(try await receiver.line())")
        settings = try Given.settings(provider.url)
    }

    func received() throws -> [Received] {
        try Data(contentsOf: folder.url.appending(path: "received")).split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Received.self, from: $0) }
    }

    func sentSID() async throws -> String {
        guard case .accepted(let sid) = await Given.gateway(settings).send(Given.text()) else { throw PeerFailure("not accepted") }
        return sid
    }

    @Test("status callbacks, repeated and out of order, are signed for us and name touch and attempt")
    func statuses() async throws {
        let sid = try await sentSID()
        try await provider.control("callbacks", ["sid": sid, "statuses": ["sent", "delivered"], "copies": 3, "shuffle": 5])
        let reports = try received().map { received in
            let request = try received.request()
            #expect(received.host == "texts.example.com" && settings.signature.accepts(request, signature: received.signature))
            return try TwilioStatus(request).report(at: Given.noon)
        }
        let sent = DeliveryReport(providerID: sid, touch: Touch.ID(12), generation: 3, status: .accepted, at: Given.noon)
        let delivered = DeliveryReport(providerID: sid, touch: Touch.ID(12), generation: 3, status: .delivered, at: Given.noon)
        #expect(reports.count == 6 && reports.filter { $0 == sent }.count == 3 && reports.filter { $0 == delivered }.count == 3)
        #expect(reports != [sent, delivered, sent, delivered, sent, delivered])
    }

    static let codes: [(Int, DeliveryProblem, halts: Bool)] = [
        (21610, .optedOut, false), (21211, .addressInvalid, false), (21614, .addressInvalid, false), (21635, .addressInvalid, false),
        (30005, .addressInvalid, false), (30006, .landline, false), (30004, .blocked, false), (30003, .unreachable, false), (30008, .unreachable, false),
        (30007, .filtered, false), (30034, .other, true), (30002, .other, true), (20003, .other, true), (30001, .unreachable, false),
        (20429, .unreachable, false), (30036, .other, false),
    ]

    @Test("each code in a callback is a problem of its kind", arguments: codes)
    func problem(code: Int, problem: DeliveryProblem, halts: Bool) async throws {
        let form = "MessageSid=SM\(String(repeating: "1", count: 32))&MessageStatus=undelivered&ErrorCode=\(code)&To=%2B15551234567"
        let status = try TwilioStatus(SignedRequest(pathAndQuery: "/hooks/twilio/status", parameters: try TwilioForms.parse(form.utf8)))
        let report = status.report(at: Given.noon)
        #expect(report.status == .undelivered(problem) && report.detail == "\(code)" && report.touch == nil && report.generation == nil)
        #expect((status.haltReason != nil) == halts)
        #expect(Set(TwilioErrorCode.allCases.map(\.rawValue)).isSubset(of: Self.codes.map(\.0)))
    }

    @Test("an undelivered text's callback comes with its code over HTTP too")
    func undelivered() async throws {
        let sid = try await sentSID()
        try await provider.control("callbacks", ["sid": sid, "statuses": ["undelivered"], "error_code": 30006])
        let report = try TwilioStatus(try #require(try received().first).request()).report(at: Given.noon)
        #expect(report.status == .undelivered(.landline))
    }

    static let statusWords: [(TwilioMessageStatus, DeliveryReport.Status)] = TwilioMessageStatus.allCases.map { status in
        switch status {
        case .accepted, .scheduled, .queued, .sending, .sent, .partiallyDelivered: (status, .accepted)
        case .delivered, .read: (status, .delivered)
        case .undelivered: (status, .undelivered(.other))
        case .failed, .canceled: (status, .failed(.other))
        }
    }

    @Test("every word of Twilio's for a status has one of ours", arguments: statusWords)
    func words(word: TwilioMessageStatus, status: DeliveryReport.Status) throws {
        let parameters = [FormParameter("MessageSid", "SM" + String(repeating: "1", count: 32)), FormParameter("MessageStatus", word.rawValue)]
        #expect(try TwilioStatus(SignedRequest(pathAndQuery: "/", parameters: parameters)).report(at: Given.noon).status == status)
    }

    static let sid = "MessageSid=SM" + String(repeating: "1", count: 32)
    static let brokenCallbacks: [(String, String, String)] = [
        ("/?touch=1", "MessageStatus=sent", "the form has no MessageSid"), ("/", sid, "the form has no MessageStatus"),
        ("/", sid + "&MessageStatus=flying", "expected MessageStatus to be one of accepted, "),
        ("/", sid + "&MessageStatus=sent&MessageStatus=failed", "the form has MessageStatus more than once"),
        ("/", sid + "&MessageStatus=failed&ErrorCode=x", "expected ErrorCode to be a whole number"),
        ("/?touch=%zz", sid + "&MessageStatus=sent", "the form has a bad percent escape at byte 6"),
        ("/?touch=-1", sid + "&MessageStatus=sent", "expected touch to be a whole number"),
        ("/?touch=99999999999999999999", sid + "&MessageStatus=sent", "expected touch to be a whole number"),
        ("/", "MessageSid=../x&MessageStatus=sent", "expected MessageSid to be two letters and 32 digits or letters"),
    ]

    @Test("a callback that isn't one is refused with what was expected", arguments: brokenCallbacks)
    func refused(path: String, form: String, words: String) throws {
        let request = SignedRequest(pathAndQuery: path, parameters: try TwilioForms.parse(form.utf8))
        #expect { try TwilioStatus(request) } throws: { "\($0)".hasPrefix(words) }
    }

    @Test("the double posts by itself, repeated and shuffled, what its numbers stand for")
    func byItself() async throws {
        let receiver = try PeerProcess("python3", [PeerProcess.peers.appending(path: "receiver.py").path, folder.url.appending(path: "received").path])
        let provider = try await Provider(
            "--deliver-to", "http://127.0.0.1:\(try await receiver.line())", "--callbacks", "--callback-copies", "2", "--callback-shuffle")
        let gateway = Given.gateway(try Given.settings(provider.url))
        for (touch, address) in [(1, "+15551234567"), (2, "+15008830006"), (3, "+15007721610")] { _ = await gateway.send(Given.text(Int64(touch), to: address)) }
        for _ in 0..<10 { _ = try await receiver.line() }
        let reports = try received().map { try TwilioStatus(try $0.request()).report(at: Given.noon) }
        let kinds = Dictionary(grouping: reports) { $0.touch?.number ?? 0 }.mapValues { reports in reports.map { "\($0.status)" }.sorted() }
        func words(_ statuses: DeliveryReport.Status...) -> [String] { (statuses + statuses).map { "\($0)" }.sorted() }
        #expect(kinds == [1: words(.accepted, .delivered), 2: words(.accepted, .undelivered(.landline)), 3: words(.failed(.optedOut))])
    }

    @Test("a customer's text arrives whole, as often as it is posted, and prints its id only")
    func inbound() async throws {
        let body = "Stop please 🙏 & call\n+1?"
        let told: [String: any Sendable] = [
            "url": "https://texts.example.com\(WebhookURL.inboundPath)", "from": "+15551234567", "to": "+15005550006", "body": body, "copies": 2,
        ]
        try await provider.control("inbound", told)
        let texts = try received().map { received in
            let request = try received.request()
            #expect(settings.signature.accepts(request, signature: received.signature))
            return try InboundText(request)
        }
        #expect(texts.count == 2 && texts[0] == texts[1])
        #expect(texts[0].body == body && texts[0].from == "+15551234567" && texts[0].to == "+15005550006" && texts[0].mediaCount == 0)
        var dumped = ""
        dump(texts[0], to: &dumped)
        #expect(!"\(texts[0])\(dumped)".contains("+1555") && !dumped.contains("Stop"))
    }
}
