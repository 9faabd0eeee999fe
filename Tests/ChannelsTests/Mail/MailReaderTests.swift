import Channels
import Foundation
import FollowUp
import Testing

@Suite(.timeLimit(.minutes(10))) struct MailReaderTests {
    private let reader = MailReader(addresses: MailGiven.addresses)

    private func read(_ message: String) throws -> InboundMail {
        try reader.read(Array(message.utf8))
    }

    private func reply(_ message: String) throws -> InboundMail.Reply {
        switch try read(message) {
        case .reply(let reply): return reply
        case .bounce, .complaint, .automatic: throw Peers.Failure(description: "not a reply")
        }
    }

    private func isAutomatic(_ headers: String) throws -> Bool {
        switch try read("From: pat@example.com\r\nTo: reply+k3@mail.example\r\n\(headers)\r\n\r\nI am away") {
        case .automatic(let automatic): automatic.token == "k3"
        case .reply, .bounce, .complaint: false
        }
    }

    @Test("a plain answer is read with its token, its sender and its own words")
    func plain() throws {
        let reply = try reply("""
            From: "Doe, Pat" <Pat@Example.com>\r
            To: Hillside <Reply+K3@MAIL.example>\r
            Subject: =?iso-8859-1?Q?Re:_=C9t=E9?=\r
             =?utf-8?b?IPCfmpc=?=\r
            Message-ID: <a@example.com>\r
            \r
            Yes please, Tuesday works.\r
            \r
            On Fri, Mar 6, 2026 at 11:00 AM Hillside Auto <\r
            reply+k3@mail.example> wrote:\r
            \r
            > Hi Pat,\r
            > Reply STOP, and we stop writing.\r

            """)
        #expect(reply == .init(
            token: "k3", from: "Pat@Example.com", messageID: "<a@example.com>", subject: "Re: Été 🚗", text: "Yes please, Tuesday works."))
    }

    @Test("the token comes from the address, or else from the message that is answered", arguments: [
        ("To: reply+k3@mail.example", "k3"), ("To: x@y.example\r\nDelivered-To: reply+k3@mail.example", "k3"),
        ("To: a@b.example, \"x, y\" <reply+k3@mail.example>", "k3"), ("To: group: reply+k3@mail.example;", "k3"),
        ("In-Reply-To: <k3@mail.example>", "k3"), ("References: <k1@mail.example> <k3@mail.example>\r\n <z@other.example>", "k3"),
        ("To: reply+k3@other.example", nil), ("To: reply+k3@mail.example.evil.example", nil), ("To: xreply+k3@mail.example", nil),
        ("To: reply+@mail.example", nil), ("To: reply+k/3@mail.example", nil), ("In-Reply-To: <k3@other.example>", nil),
        ("To: \"reply+k3@mail.example\" <a@b.example>", nil), ("To: (reply+k3@mail.example) a@b.example", nil), ("Subject: none", nil),
    ] as [(String, String?)])
    func token(header: String, token: String?) throws {
        #expect(try reply("From: pat@example.com\r\n\(header)\r\n\r\nHi").token == token)
    }

    @Test("what machines write is neither an answer nor an opt-out", arguments: [
        "Auto-Submitted: auto-replied", "Auto-Submitted: Auto-Generated (vacation)", "Precedence: bulk", "Precedence: auto_reply",
        "Precedence: list", "X-Autoreply: yes", "Return-Path: <>", "Sender: MAILER-DAEMON@mx.example",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
    ])
    func automatic(header: String) throws {
        #expect(try isAutomatic(header))
    }

    @Test("what a person writes is an answer", arguments: ["Auto-Submitted: no", "Precedence: first-class", "Return-Path: <pat@example.com>", "X-Autoreply: no"])
    func personal(header: String) throws {
        #expect(try !isAutomatic(header))
    }

    @Test("HTML alone is read as its words, without the quoted message")
    func html() throws {
        let reply = try reply("""
            From: pat@example.com
            Content-Type: text/html; charset="windows-1252"
            Content-Transfer-Encoding: quoted-printable

            <html><head><style>p {color: red}</style></head><body><div>Don=92t &amp; won&#39;t:<br>STOP</div><!-- x > y -->
            <div class=3D"gmail_quote"><div>On Friday Hillside wrote:</div><blockquote>Hi Pat</blockquote></div></body></html>
            """)
        #expect(reply.text == "Don’t & won't:\nSTOP")
    }

    @Test("history is cut off in the ways of the usual programs", arguments: [
        ("Stop\n\n-----Original Message-----\nFrom: Hillside\nHi", "Stop"),
        ("Stop\n\nFrom: Hillside <a@b.example>\nSent: Friday\nTo: Pat\nSubject: x\n\nHi", "Stop"),
        ("Stop\n________________________________\nFrom: Hillside\nSent: Friday\nHi", "Stop"),
        ("Stop\n\n-- \nPat Doe", "Stop"),
        ("> Hi Pat\n> Book?\nYes\n> Tuesday?\nNo", "Yes\nNo"),
        ("On Fri, Mar 6, 2026, Hillside wrote:\n> Hi Pat\n\nYes, on Tuesday", "Yes, on Tuesday"),
        ("On Tuesday 3 works for me.\nFrom: noon on", "On Tuesday 3 works for me.\nFrom: noon on"),
        ("Le ven. 6 mars 2026, Hillside a écrit :\n> Bonjour", ""),
        ("", ""),
    ])
    func history(text: String, own: String) throws {
        #expect(try reply("From: pat@example.com\n\n" + text).text == own)
    }

    @Test("what can't be read is refused in words that show nothing of it", arguments: [
        ("", MailReaderError.noHeader), ("no header here\nnor here", .noHeader), ("Subject: hi\n\nx", .noSender), ("From: nobody\n\nx", .noSender),
    ])
    func refused(message: String, error: MailReaderError) {
        #expect(throws: error) { try read(message) }
    }

    @Test("limits: depth, parts, header")
    func limits() {
        var deep = "x"
        for level in 0..<12 { deep = "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n\(deep)\n--b\(level)--\n" }
        #expect(throws: MailReaderError.tooDeep(most: 10)) { try read("From: a@b.example\n" + deep) }
        let wide = "From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 300)
        #expect(throws: MailReaderError.tooLarge("number of parts", most: 200)) { try read(wide) }
        let fields = String(repeating: "X: y\n", count: 1_001)
        #expect(throws: MailReaderError.tooLarge("number of header fields", most: 1_000)) { try read(fields) }
        #expect(throws: MailReaderError.tooLarge("header", most: 262_144)) { try read("X: " + String(repeating: "y", count: 300_000) + "\n\n") }
    }

    @Test("large messages made to be slow aren't")
    func slow() throws {
        let size = 400_000
        let start = ContinuousClock.now
        for (head, piece) in [
            ("Content-Type: text/html\n\n", "<a"), ("Content-Type: text/html\n\n", "<div>&"), ("\n", "On 1 \n"), ("\n", "a"), ("\n", "From:\n"),
            ("Content-Transfer-Encoding: quoted-printable\n\n", "=\n"),
        ] {
            _ = try read("From: pat@example.com\n" + head + String(repeating: piece, count: size / piece.utf8.count))
        }
        #expect(throws: MailReaderError.tooLarge("number of parts", most: 200)) {
            try read("Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n", count: size / 4))
        }
        #expect(ContinuousClock.now - start < .seconds(150))
    }

    @Test("damage is read as far as is sure", arguments: [
        ("From: pat@example.com\nbroken line\n folded on\nSubject: x\n\nHi", "Hi"),
        ("From pat Fri Mar 6\nFrom: pat@example.com\n\nHi", "Hi"),
        ("From: pat@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi", "Hi"),
        ("From: pat@example.com\nContent-Type: text/plain; charset=klingon\n\nStop \u{E9}", "Stop \u{FFFD}\u{FFFD}"),
        ("From: pat@example.com\nContent-Transfer-Encoding: quoted-printable\n\nHi =XX=4 there=", "Hi =XX=4 there"),
        ("From: pat@example.com\nContent-Transfer-Encoding: base64\n\nU3Rv*cA", "Stop"),
        ("From: pat@example.com\nContent-Type: ;;;\n\nHi", "Hi"),
    ])
    func damaged(message: String, text: String) throws {
        #expect(try reply(message).text == text)
    }

    @Test("messages that Python's email package writes are read as they were meant")
    func python() throws {
        let random = MailRandom()
        let (output, status) = try Peers.run("mail_make.py", ["600", "\(random.seed)"])
        try #require(status == 0)
        let lines = output.split(separator: 0x0A)
        #expect(lines.count == 600)
        for line in lines {
            struct Case: Decodable { let message: Data, subject: String, text: String, from: String, token: String, id: String }
            let it = try JSONDecoder().decode(Case.self, from: Data(line))
            guard case .reply(let reply) = try reader.read(Array(it.message)) else { Issue.record("no reply"); continue }
            // White space at the lines' ends is of no meaning.
            let text = it.text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }.joined(separator: "\n")
            #expect((reply.token, reply.from, reply.messageID) == (it.token, it.from, it.id), "seed \(random.seed)")
            #expect(reply.text == text, "seed \(random.seed)")
            // Python puts some spaces between two encoded words, where there are none (RFC 2047, 6.2).
            #expect(reply.subject.filter { $0 != " " } == it.subject.filter { $0 != " " }, "seed \(random.seed)")
        }
    }

    @Test("no damage makes it fail otherwise than by its own errors")
    func fuzz() throws {
        var random = MailRandom()
        let (output, status) = try Peers.run("mail_make.py", ["60", "1"])
        try #require(status == 0)
        struct Case: Decodable { let message: Data }
        var messages = try output.split(separator: 0x0A).map { Array(try JSONDecoder().decode(Case.self, from: Data($0)).message) }
        messages.append(Array(BounceTests.report(action: "failed", status: "5.1.1").utf8))
        let marks = ["=?", "?=", "--", "\r\n", "\n", "\0", "<", ">", "\"", "\\", "(", ";", "boundary=", "&#", "=", "\r\n\r\n", "\u{FF}", "<!--", "On 1 wrote:"]
        for _ in 0..<3_000 {
            var message = messages.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 0...message.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: message.insert(contentsOf: Array(marks.randomElement(using: &random)!.utf8), at: place)
                case 1: message.removeSubrange(place..<min(place + Int.random(in: 0...40, using: &random), message.count))
                case 2: message.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case 3: message = Array(message.prefix(place)) + message.dropFirst(Int.random(in: 0...message.count, using: &random))
                default: break
                }
            }
            do {
                _ = try reader.read(message)
            } catch {
                let _: MailReaderError = error
            }
        }
    }
}
