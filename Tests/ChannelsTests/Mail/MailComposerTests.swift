import Channels
import Foundation
import FollowUp
import Testing

@Suite(.timeLimit(.minutes(10))) struct MailComposerTests {
    private func compose(
        subject: String = "Your brakes", text: String = "Hi", name: String = "Hillside Auto", to: String = "pat@example.com", token: String = "k3"
    ) throws -> String {
        let mail = try MailGiven.composer.mail(
            token: token, from: MailSender(name: name, address: "service@hillside.example"), to: to, subject: subject, text: text, at: MailGiven.now)
        return String(decoding: mail.bytes, as: UTF8.self)
    }

    @Test("a message as it goes out")
    func golden() throws {
        let expected = """
            From: "Hillside Auto"
             <service@hillside.example>
            To: pat@example.com
            Subject: Your brakes
            Date: Fri, 06 Mar 2026 16:00:00 +0000
            Message-ID: <k3@mail.example>
            Reply-To: reply+k3@mail.example
            List-Unsubscribe: <https://revisit.example/u/k3>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="=_k3"

            --=_k3
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hi Pat,

            On March 3 we noted front brake pads at 2 mm. Book at https://book.example.=
            com/hillside/k3.

            Hillside Auto, 100 Example Road, Dayton, OH
            Reply STOP, and we stop writing.
            --=_k3
            Content-Type: text/html; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            <!DOCTYPE html>
            <html lang=3D"en"><head><meta charset=3D"utf-8"><meta name=3D"viewport" con=
            tent=3D"width=3Ddevice-width"></head>
            <body style=3D"font-family:sans-serif;font-size:16px;line-height:1.5;color:=
            #222222;max-width:36em">
            <p>
            Hi Pat,</p>
            <p>
            On March 3 we noted front brake pads at 2 mm. Book at <a href=3D"https://bo=
            ok.example.com/hillside/k3">https://book.example.com/hillside/k3</a>.</p>
            <p style=3D"font-size:14px;color:#555555">
            Hillside Auto, 100 Example Road, Dayton, OH<br>
            Reply STOP, and we stop writing.</p>
            </body></html>
            --=_k3--

            """
        let message = try compose(text: MailGiven.text)
        #expect(message.split(separator: "\r\n", omittingEmptySubsequences: false) == expected.split(separator: "\n", omittingEmptySubsequences: false))
    }

    @Test("the same inputs give the same bytes")
    func stable() throws {
        #expect(try compose(subject: "Été 🚗") == compose(subject: "Été 🚗"))
    }

    @Test("nothing from outside can begin a header", arguments: ["\r\n", "\n", "\r", "\0", "\u{0B}", "\u{85}", "\u{2028}", "\t", "\u{7F}"])
    func injection(mark: String) {
        let evil = "Hi\(mark)Bcc: eve@example.com"
        #expect(throws: MailComposerError.controlCharacter(in: "subject")) { try compose(subject: evil) }
        #expect(throws: MailComposerError.controlCharacter(in: "sender's name")) { try compose(name: evil) }
        #expect(throws: MailComposerError.recipientAddress) { try compose(to: "pat\(mark)@example.com") }
        #expect(throws: MailComposerError.token) { try compose(token: "k\(mark)3") }
    }

    @Test("an unsubscribe link is HTTPS and stays in its brackets", arguments: ["http://a.example/", "https://a.example/>\r\nBcc: x", "https://a b", ""])
    func link(link: String) {
        let composer = MailComposer(addresses: MailGiven.addresses) { _ in link }
        #expect(throws: MailComposerError.unsubscribeLink) {
            try composer.mail(token: "k3", from: MailGiven.sender, to: "pat@example.com", subject: "x", text: "x", at: MailGiven.now)
        }
    }

    @Test("markup in the text is shown, not run, and links don't swallow the marks behind them")
    func html() throws {
        let text = "<script>alert('x')</script> & \"q\"\nhttps://a.example/?a=1&b=2. (https://b.example/\">x) http:// end"
        let html = try #require(try compose(text: text).components(separatedBy: "text/html").last)
            .replacingOccurrences(of: "=\r\n", with: "").replacingOccurrences(of: "=3D", with: "=")
        #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;<br>"))
        #expect(html.contains("<a href=\"https://a.example/?a=1&amp;b=2\">https://a.example/?a=1&amp;b=2</a>. (<a href=\"https://b.example/\">"))
        #expect(html.contains("</a>&quot;&gt;x) http:// end"))
    }

    @Test("dates before and after the epoch's turn have their weekdays", arguments: [
        ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000"), ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
        ("2028-02-29T12:00:00Z", "Tue, 29 Feb 2028 12:00:00 +0000"),
    ])
    func dates(time: String, expected: String) throws {
        let mail = try MailGiven.composer.mail(
            token: "k3", from: MailGiven.sender, to: "pat@example.com", subject: "x", text: "x", at: #require(Timestamp(time)))
        #expect(String(decoding: mail.bytes, as: UTF8.self).contains("\r\nDate: \(expected)\r\n"))
    }

    /// Python's email package is the judge: no defect, and the same subject, names and text.
    @Test("thousands of random messages are read back as they were written")
    func randomMessages() throws {
        var random = MailRandom()
        let words = [
            "a", "Z", " ", "  ", ".", "..", "=", "=?", "?=", "=?utf-8?B?YQ==?=", "_", "-", "--", "--=_k3", "é", "ß", "漢字", "🚗", "👨‍👩‍👧", "e\u{301}", "\u{A0}",
            "\u{FEFF}", "\u{200B}", "<b>", "&amp;", "\"", "\\", "'", "(", ")", ",", ":", ";", "<", ">", "@", "From ", "F", "https://a.example/x",
            String(repeating: "long ", count: 30), String(repeating: "x", count: 200), String(repeating: "é", count: 80), "$89.95", "%", "~", "`",
        ]
        let lines = words + ["\n", "\r\n", "\r", "\n.", "\n..\n", "\r\n.\r\n", "\n\n", " \n", "\t", "\t\r\n", "\nFrom ", "\u{2028}", "\u{85}", "\u{0C}"]
        let date = MailGiven.now.secondsSince1970
        var input = Data()
        for _ in 0..<3_000 {
            let subject = random.text(of: words, most: 20)
            let name = random.text(of: words, most: 6)
            let text = random.text(of: lines, most: 60)
            let mail: ComposedMail
            do {
                mail = try MailGiven.composer.mail(
                    token: "k3", from: MailSender(name: name, address: "service@hillside.example"), to: "pat@example.com", subject: subject,
                    text: text, at: MailGiven.now)
            } catch .tooLong(let part, _) {
                #expect(part == "subject" ? subject.utf8.count > 1_000 : name.utf8.count > 200)
                continue
            }
            let fields: [String: Any] = [
                "message": Data(mail.bytes).base64EncodedString(), "subject": subject, "name": name, "text": text,
                "from": "service@hillside.example", "to": "pat@example.com", "id": mail.messageID, "date": date,
            ]
            input += try JSONSerialization.data(withJSONObject: fields) + Data("\n".utf8)
        }
        let (output, status) = try Peers.run("mail_check.py", input: input)
        #expect(status == 0, "\(String(decoding: output, as: UTF8.self))")
    }
}
