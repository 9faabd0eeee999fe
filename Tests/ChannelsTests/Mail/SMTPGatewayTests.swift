import Channels
import Foundation
import FollowUp
import Testing

/// The gateway against a real server on loopback, which keeps a ledger of its own.
@Suite(.timeLimit(.minutes(10))) struct SMTPGatewayTests {
    private func send(_ intent: Intent, to server: MailServer, _ settings: SMTPSettings? = nil) async throws -> SendOutcome {
        try await MailGiven.gateway(settings ?? server.settings()).send(intent)
    }

    // MARK: What goes through

    @Test("an accepted message has its Message-ID for its name, and the server has its very bytes")
    func accepted() async throws {
        let server = try MailServer()
        let outcome = try await send(MailGiven.intent(12), to: server)
        #expect(outcome == .accepted(providerID: "<t12@mail.example>"))
        let mail = try MailGiven.composer.mail(
            token: "t12", from: MailGiven.sender, to: "pat@example.com", subject: "Your brakes, Pat", text: MailGiven.text, at: MailGiven.now)
        #expect(try server.accepted == [Data(mail.bytes)])
        #expect(try server.envelopes == [
            #"{"from": "reply+t12@mail.example", "to": ["pat@example.com"], "helo": "revisit.example", "tls": false}"#
        ])
        #expect(server.commands == ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "QUIT"])
    }

    @Test("with STARTTLS everything but the greeting is said in TLS")
    func startTLS() async throws {
        let server = try MailServer("--tls", "starttls", "--login", "us:secret")
        let settings = try server.settings(.startTLS, login: .init(user: "us", password: "secret"))
        #expect(try await send(MailGiven.intent(), to: server, settings).kind == "accepted")
        #expect(try server.envelopes.allSatisfy { $0.contains(#""tls": true"#) })
    }

    @Test("TLS from the first byte")
    func tls() async throws {
        let server = try MailServer("--tls", "always")
        #expect(try await send(MailGiven.intent(), to: server, server.settings(.tls)).kind == "accepted")
    }

    @Test("every message has a connection of its own, also when several are on their way")
    func concurrent() async throws {
        let server = try MailServer()
        let gateway = MailGiven.gateway(try server.settings())
        let outcomes = await withTaskGroup(of: SendOutcome.self) { group in
            for number in 1...20 { group.addTask { await gateway.send(MailGiven.intent(Int64(number))) } }
            return await group.reduce(into: []) { $0.append($1.kind) }
        }
        #expect(outcomes == Array(repeating: "accepted", count: 20))
        #expect(Set(try server.accepted).count == 20)
        #expect(server.commands.filter { $0 == "CONNECT" }.count == 20)
    }

    @Test("an answer to QUIT that doesn't come leaves the message accepted, and is not waited for")
    func stalledQuit() async throws {
        let server = try MailServer("--stall", "quit")
        let start = ContinuousClock.now
        #expect(try await send(MailGiven.intent(), to: server, server.settings(totalTimeoutSeconds: 900)).kind == "accepted")
        #expect(ContinuousClock.now - start < .seconds(100))
    }

    // MARK: Refused before the final dot

    @Test("greylisting comes again after a while, later each time")
    func greylisting() async throws {
        let server = try MailServer("--greylist")
        let gateway = MailGiven.gateway(try server.settings())
        let first = await gateway.send(MailGiven.intent(generation: 1))
        #expect(first.kind == "notAccepted")
        #expect(first.retryAt == MailGiven.now + 600)
        #expect(await gateway.send(MailGiven.intent(generation: 2)).kind == "accepted")
        #expect(try server.accepted.count == 1)
    }

    @Test("answers to each command", arguments: [
        ("RCPT", "550 5.1.1 no such user <pat@example.com>", "rejected addressInvalid"),
        ("RCPT", "550 no such user", "rejected addressInvalid"),
        ("RCPT", "553 bad name", "rejected addressInvalid"),
        ("RCPT", "551 moved", "rejected addressInvalid"),
        ("RCPT", "550 5.2.1 disabled", "rejected addressInvalid"),
        ("RCPT", "552 5.2.2 full", "rejected unreachable"),
        ("RCPT", "550 5.7.1 policy", "rejected filtered"),
        ("RCPT", "554 5.7.1 relay access denied", "rejected filtered"),
        ("RCPT", "554 no", "rejected other"),
        ("RCPT", "450 4.2.0 busy", "notAccepted"),
        ("RCPT", "452 4.5.3 too many", "notAccepted"),
        ("RCPT", "421 4.3.2 going down", "notAccepted"),
        ("RCPT", "550-5.1.1 first line\r\n550 5.1.1 second line", "rejected addressInvalid"),
        ("RCPT", "530 5.7.0 authentication required", "halted"),
        ("MAIL", "550 5.7.1 you are listed", "halted"),
        ("MAIL", "530 5.7.0 authentication required", "halted"),
        ("MAIL", "451 4.3.0 later", "notAccepted"),
        ("MAIL", "552 5.3.4 too large", "rejected other"),
        ("EHLO", "554 no service here", "halted"),
        ("EHLO", "421 later", "notAccepted"),
        ("DATA", "451 4.3.0 later", "notAccepted"),
        ("DATA", "554 5.5.1 no valid recipients", "rejected other"),
    ])
    func refused(command: String, answer: String, kind: String) async throws {
        let server = try MailServer("--answer", command, answer)
        let outcome = try await send(MailGiven.intent(), to: server)
        #expect(outcome.kind == kind)
        #expect(!outcome.reason.contains("@") && !outcome.reason.contains("user"))
        #expect(try server.accepted.isEmpty && server.dots == 0)
    }

    @Test("a refused login halts, and so does a server that wants one")
    func login() async throws {
        let server = try MailServer("--tls", "starttls", "--login", "us:secret")
        let wrong = try await send(MailGiven.intent(), to: server, server.settings(.startTLS, login: .init(user: "us", password: "wrong")))
        #expect(wrong.kind == "halted")
        #expect(!wrong.reason.contains("wrong"))
        #expect(try await send(MailGiven.intent(), to: server, server.settings(.startTLS)).kind == "halted")
        #expect(server.dots == 0)
    }

    @Test("a certificate that isn't trusted halts, and nothing is said to such a server")
    func certificate() async throws {
        for (mode, security) in [("starttls", SMTPSettings.Security.startTLS), ("always", .tls)] {
            let server = try MailServer("--tls", mode)
            #expect(try await send(MailGiven.intent(), to: server, server.settings(security, trusted: false)).kind == "halted")
            // Trusted, but another host's.
            let host = try server.settings(security, host: "127.0.0.1")
            #expect(try await send(MailGiven.intent(), to: server, host).kind == "halted")
            #expect(!server.commands.contains("MAIL"))
        }
    }

    @Test("a server without STARTTLS halts where it is required")
    func noTLS() async throws {
        let server = try MailServer("--login", "us:secret")
        let settings = try server.settings(.startTLS, login: .init(user: "us", password: "secret"), trusted: false)
        #expect(try await send(MailGiven.intent(), to: server, settings).kind == "halted")
        #expect(!server.commands.contains("MAIL"))
    }

    // MARK: Broken off

    @Test("a connection that breaks before the final dot certainly sent nothing", arguments: ["connect", "ehlo", "mail", "rcpt", "data"])
    func diesBefore(place: String) async throws {
        let server = try MailServer("--die", place)
        let outcome = try await send(MailGiven.intent(), to: server)
        #expect(outcome.kind == "notAccepted")
        #expect(outcome.retryAt == MailGiven.now + 300)
        #expect(server.dots == 0)
    }

    @Test("a connection that breaks between the final dot and its answer leaves it uncertain", arguments: ["dot", "half"])
    func diesAfter(place: String) async throws {
        let server = try MailServer("--die", place)
        #expect(try await send(MailGiven.intent(), to: server).kind == "uncertain")
        #expect(try server.accepted.count == 1)
    }

    @Test("an answer to the final dot is certain", arguments: [
        ("554 5.7.1 spam", "rejected filtered"), ("554 no", "rejected filtered"), ("550 5.1.1 no such user", "rejected addressInvalid"),
        ("552 5.2.2 full", "rejected unreachable"), ("451 4.3.0 later", "notAccepted"), ("421 4.3.2 going down", "notAccepted"),
        ("250-2.0.0 several\r\n250 2.0.0 lines", "accepted"),
    ])
    func answeredDot(answer: String, kind: String) async throws {
        let server = try MailServer("--answer", "DOT", answer)
        #expect(try await send(MailGiven.intent(), to: server).kind == kind)
        #expect(server.dots == 1)
    }

    @Test("a server that can't be reached is tried again, later each time, and at most two hours later")
    func unreachable() async throws {
        let settings = try { try MailServer().settings() }()   // its server is gone
        let gateway = MailGiven.gateway(settings)
        for (generation, seconds) in [(1, 300), (2, 600), (3, 1_200), (6, 7_200), (60, 7_200)] as [(Int, Int64)] {
            #expect(await gateway.send(MailGiven.intent(generation: generation)).retryAt == MailGiven.now + seconds)
        }
    }

    // MARK: Time

    @Test("a server that says nothing is given up in time", arguments: [
        ("connect", "notAccepted"), ("rcpt", "notAccepted"), ("data", "notAccepted"), ("dot", "uncertain"),
    ])
    func stalls(place: String, kind: String) async throws {
        let server = try MailServer("--stall", place)
        let outcome = try await send(MailGiven.intent(notAfterSeconds: 3), to: server)
        #expect(outcome.kind == kind)
        #expect(outcome.reason.contains("time was over"))
    }

    @Test("what doesn't come to the final dot is given up before a server's last word is", arguments: [
        ("connect", "notAccepted"), ("rcpt", "notAccepted"), ("data", "notAccepted"), ("dot", "uncertain"),
    ])
    func slow(place: String, kind: String) async throws {
        let server = try MailServer("--stall", place)
        // The one that isn't meant would outlast the test.
        let settings = try place == "dot" ? server.settings(dotTimeoutSeconds: 1, totalTimeoutSeconds: 4) : server.settings(dotTimeoutSeconds: 2, totalTimeoutSeconds: 900)
        let outcome = await MailGiven.gateway(settings).send(MailGiven.intent())
        #expect(outcome.kind == kind)
        #expect(outcome.reason.contains("time was over"))
    }

    @Test("nothing begins at or after the last instant", arguments: [1, 0, -60] as [Int64])
    func tooLate(seconds: Int64) async throws {
        let server = try MailServer()
        #expect(try await send(MailGiven.intent(notAfterSeconds: seconds), to: server).kind == "notAccepted")
        #expect(server.commands.isEmpty)
    }

    // MARK: What isn't tried

    @Test("an address that can't stand in an envelope is refused here", arguments: [
        "pat@example.com\r\nRCPT TO:<eve@example.com>", "pat", "@example.com", "pat@", "pat example@example.com", "<pat@example.com>",
        "pat@example.com>", "pât@example.com", "pat..lee@example.com", "pat@-example.com", "\"pat\"@example.com",
    ])
    func badAddress(address: String) async throws {
        let server = try MailServer()
        let outcome = try await send(MailGiven.intent(to: address), to: server)
        #expect(outcome.kind == "rejected addressInvalid")
        #expect(!outcome.reason.contains("example"))
        #expect(server.commands.isEmpty)
    }

    @Test("texts and calls are none of its business; a rooftop without a sender halts; a subject of two lines is refused")
    func notItsOwn() async throws {
        let server = try MailServer()
        #expect(try await send(MailGiven.intent(.sms("Hi"), to: "+19375550100"), to: server).kind == "rejected other")
        #expect(try await send(MailGiven.intent(.call(talkingPoints: "Hi"), to: "+19375550100"), to: server).kind == "rejected other")
        #expect(await MailGiven.gateway(try server.settings(), sender: nil).send(MailGiven.intent()).kind == "halted")
        #expect(try await send(MailGiven.intent(subject: "Hi\r\nBcc: eve@example.com"), to: server).kind == "rejected other")
        #expect(server.commands.isEmpty)
    }
}
