import Channels
import FollowUp
import Testing

@Suite struct BounceTests {
    /// A report as Postfix writes it.
    static func report(action: String, status: String, diagnostic: String = "smtp; 550 no", original: String = "<k3@mail.example>") -> String {
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example (Mail Delivery System)
        To: reply+k7@mail.example
        Auto-Submitted: auto-replied
        Message-ID: <report@mx.example>
        Content-Type: multipart/report; report-type=delivery-status;
         boundary="b/1"

        --b/1
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you

        --b/1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example

        Final-Recipient: rfc822; pat@example.com
        Action: \(action)
        Status: \(status)
        Diagnostic-Code: \(diagnostic)

        --b/1
        Content-Type: message/rfc822

        From: service@hillside.example
        Message-ID: \(original)

        Hi Pat
        --b/1--
        """
    }

    private func bounce(_ message: String) throws -> InboundMail.Bounce {
        switch try MailReader(addresses: MailGiven.addresses).read(Array(message.utf8)) {
        case .bounce(let bounce): return bounce
        case .reply, .complaint, .automatic: throw Peers.Failure(description: "not a bounce")
        }
    }

    @Test("what follows from each status", arguments: [
        ("failed", "5.1.1", "smtp; 550 x", DeliveryProblem.addressInvalid, "5.1.1"),
        ("failed", "5.1.2", "", .addressInvalid, "5.1.2"),
        ("failed", "5.1.10", "", .addressInvalid, "5.1.10"),
        ("failed", "5.4.4", "", .addressInvalid, "5.4.4"),
        ("failed", "5.2.1", "", .addressInvalid, "5.2.1"),
        ("failed", "5.2.2", "", .unreachable, "5.2.2"),
        ("failed", "5.7.1", "", .filtered, "5.7.1"),
        ("failed", "5.7.26", "", .filtered, "5.7.26"),
        ("failed", "4.4.7", "", .unreachable, "4.4.7"),
        ("failed", "5.0.0", "smtp; 550 5.1.1 no such user", .addressInvalid, "5.1.1"),
        ("failed", "5.0.0", "smtp; 550 no", .other, "5.0.0"),
        ("failed", "5.3.4", "", .other, "5.3.4"),
        ("failed", "nonsense", "nonsense", .other, nil),
        ("Failed (for good)", "5.1.1 (no such user)", "", .addressInvalid, "5.1.1"),
        ("delayed", "4.4.1", "", nil, "4.4.1"),
        ("delayed", "5.1.1", "", nil, "5.1.1"),
        ("delivered", "2.0.0", "", nil, "2.0.0"),
        ("relayed", "2.0.0", "", nil, "2.0.0"),
    ] as [(String, String, String, DeliveryProblem?, String?)])
    func statuses(action: String, status: String, diagnostic: String, problem: DeliveryProblem?, code: String?) throws {
        let bounce = try bounce(Self.report(action: action, status: status, diagnostic: diagnostic))
        #expect(bounce.problem == problem)
        #expect(bounce.statusCode == code)
        #expect(bounce.token == "k3" && bounce.originalMessageID == "<k3@mail.example>" && bounce.messageID == "<report@mx.example>")
    }

    @Test("a report names the message in the ledger's words")
    func report() throws {
        let failed = try bounce(Self.report(action: "failed", status: "5.1.1")).report(at: MailGiven.now, MailGiven.addresses)
        #expect(failed == DeliveryReport(
            providerID: "<k3@mail.example>", status: .undelivered(.addressInvalid), detail: "5.1.1", at: MailGiven.now))
        #expect(try bounce(Self.report(action: "delayed", status: "4.4.1")).report(at: MailGiven.now, MailGiven.addresses)?.status == .accepted)
        #expect(try bounce(Self.report(action: "delivered", status: "2.0.0")).report(at: MailGiven.now, MailGiven.addresses)?.status == .delivered)
    }

    @Test("without a copy of ours, the address that it came to tells which message it is about")
    func withoutCopy() throws {
        let message = Self.report(action: "failed", status: "5.1.1").replacing("Content-Type: message/rfc822", with: "Content-Type: text/plain")
        #expect(try bounce(message).originalMessageID == "<k7@mail.example>")
        let foreign = try bounce(Self.report(action: "failed", status: "5.1.1", original: "<k3@other.example>"))
        #expect(foreign.token == "k7")
    }

    @Test("a copy of our header alone will do")
    func headerCopy() throws {
        let message = Self.report(action: "failed", status: "5.1.1").replacing("Content-Type: message/rfc822\n", with: "Content-Type: text/rfc822-headers\n")
        #expect(try bounce(message).token == "k3")
    }

    @Test("a report that doesn't say what happened is only a machine's message")
    func nothingSaid() throws {
        let mail = try MailReader(addresses: MailGiven.addresses).read(Array(Self.report(action: "exploded", status: "5.1.1").utf8))
        #expect(mail == .automatic(.init(token: "k7", messageID: "<report@mx.example>")))
    }
}
