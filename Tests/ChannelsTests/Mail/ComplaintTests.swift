import Channels
import Testing

@Suite struct ComplaintTests {
    /// A report as mail providers send it (RFC 5965, appendix B), with the complained message whole or its header alone.
    private static func report(type: String = "abuse", original: String = "<k3@mail.example>", part: String = "message/rfc822") -> String {
        """
        From: <abusedesk@provider.example>
        To: <complaints@mail.example>
        Subject: FW: your visit
        Message-ID: <arf1@provider.example>
        Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

        --part1
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report.
        --part1
        Content-Type: message/feedback-report

        Feedback-Type: \(type)
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Rcpt-To: <pat@example.com>

        --part1
        Content-Type: \(part)

        From: service@hillside.example
        To: <redacted@example.com>
        Message-ID: \(original)
        Subject: your visit

        Hi Pat
        --part1--
        """
    }

    private func read(_ text: String) throws -> InboundMail { try MailReader(addresses: MailGiven.addresses).read(Array(text.utf8)) }

    @Test("a complaint names the touch's token and itself", arguments: ["message/rfc822", "text/rfc822-headers"], ["abuse", "Abuse", "opt-out", "opt-out-list"])
    func complaint(part: String, type: String) throws {
        #expect(try read(Self.report(type: type, part: part)) == .complaint(.init(token: "k3", messageID: "<arf1@provider.example>")))
    }

    @Test("another kind of report, or one about somebody else's message, is a machine's", arguments: [
        ("not-spam", "<k3@mail.example>"), ("virus", "<k3@mail.example>"), ("abuse", "<k3@elsewhere.example>"), ("abuse", "<>"),
    ])
    func others(type: String, original: String) throws {
        guard case .automatic = try read(Self.report(type: type, original: original)) else { throw Peers.Failure(description: "not automatic") }
    }
}
