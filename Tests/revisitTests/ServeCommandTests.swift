import Channels
import Foundation
import Testing

@testable import revisit

/// What `revisit serve` is told, and what the commands around it say.
@Suite struct ServeConfigurationTests {
    static let good = """
        database: ledger.sqlite
        rooftops: scripts
        public_url: https://go.example.com
        twilio:
          account_sid: AC00000000000000000000000000000000
          number: "+13125550100"
        smtp:
          host: smtp.example.com
          user: revisit
          from: service@example.com
        """
    static let secrets = ["REVISIT_TWILIO_AUTH_TOKEN": "token-of-twilio", "REVISIT_SMTP_PASSWORD": "word-of-smtp"]

    /// A folder with that configuration and one rooftop.
    static func place(_ configuration: String) throws -> Scratch {
        let scratch = try Scratch()
        _ = try scratch.write("revisit.yaml", configuration)
        _ = try CommandLineTool.run("new", "mystore", in: URL(filePath: scratch.path("")))
        return scratch
    }

    static func faults(_ configuration: String, environment: [String: String] = secrets) async throws -> [String] {
        let scratch = try place(configuration.replacing("rooftops: scripts", with: "rooftops: ROOT/scripts"))
        let file = scratch.path("revisit.yaml")
        try configuration.replacing("rooftops: scripts", with: "rooftops: \(scratch.path("scripts"))").write(toFile: file, atomically: true, encoding: .utf8)
        do {
            _ = try await ServeConfiguration(file: file, environment: environment)
            return []
        } catch let error as ServeConfiguration.Faulty {
            return error.faults
        }
    }

    @Test("a whole configuration is taken, and the environment stands before the file")
    func whole() async throws {
        let scratch = try Self.place("")
        let file = try scratch.write("revisit.yaml", Self.good.replacing("rooftops: scripts", with: "rooftops: \(scratch.path("scripts"))"))
        let configuration = try await ServeConfiguration(file: file, environment: Self.secrets.merging(["REVISIT_HTTP_PORT": "9090"]) { $1 })
        #expect(configuration.web.port == 9090)
        #expect(configuration.texts?.accountSID == "AC00000000000000000000000000000000")
        #expect(configuration.mail?.smtp.port == 587 && configuration.mail?.smtp.login?.password == "word-of-smtp")
        #expect(configuration.rooftops == [scratch.path("scripts") + "/mystore"])
        #expect(!"\(configuration)".contains("token-of-twilio"))
    }

    @Test("a section may come from the environment alone, and a secret alone is no section")
    func environmentAlone() async throws {
        let scratch = try Self.place("")
        let file = try scratch.write("revisit.yaml", "public_url: https://go.example.com\nrooftops: \(scratch.path("scripts"))\n")
        #expect(try await ServeConfiguration(file: file, environment: Self.secrets).texts == nil)
        let named = ["REVISIT_TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000", "REVISIT_TWILIO_NUMBER": "+13125550100"]
        let configuration = try await ServeConfiguration(file: file, environment: Self.secrets.merging(named) { $1 })
        #expect(configuration.texts?.accountSID == "AC00000000000000000000000000000000" && configuration.mail == nil)
    }

    @Test("each fault is named with its line, what was expected, and what was found", arguments: [
        ("public_url: https://go.example.com", "public_url: ftp://x", "revisit.yaml:3: public_url: expected https:// and a host, without a path (http:// for this machine only), got: ftp://x"),
        ("public_url: https://go.example.com", "", "public_url: expected the address under which customers reach this server"),
        ("database: ledger.sqlite", "databse: ledger.sqlite", "revisit.yaml:1: databse: there is no such setting; did you mean 'database'?"),
        ("  host: smtp.example.com", "  host: smtp.example.com\n  port: 99999", "smtp.port: expected a number from 1 to 65535, got: 99999"),
        ("  host: smtp.example.com", "  host: smtp.example.com\n  security: none", "smtp: expected security to be starttls or tls"),
        ("  host: smtp.example.com", "  host: smtp.example.com\n  password: hunter2", "smtp.password: secrets don't belong in this file; set REVISIT_SMTP_PASSWORD"),
        ("  host: smtp.example.com", "  host: smtp.example.com\n  ca_file: nowhere.pem", "smtp.ca_file: nowhere.pem is no file that can be read"),
        ("  number:", "  ca_file: nowhere.pem\n  number:", "twilio.ca_file: nowhere.pem is no file that can be read"),
        ("  host: smtp.example.com", "  host: smtp.example.com\n  timeout_seconds: 0", "smtp.timeout_seconds: expected a number from 1 to 900, got: 0"),
        ("  from: service@example.com", "  from: service", "smtp.from: expected an address as service@example.com, got: service"),
        ("  number: \"+13125550100\"", "", "twilio: expected messaging_service or number, one of them"),
        ("  number: \"+13125550100\"", "  number: \"555\"", "twilio: "),
        ("AC00000000000000000000000000000000", "AC0", "twilio: "),
        ("rooftops: scripts", "rooftops: nowhere", "rooftops: there is no folder nowhere"),
        ("database: ledger.sqlite", "imports: nowhere", "imports: there is no folder nowhere; make it"),
    ])
    func fault(part: String, instead: String, words: String) async throws {
        let faults = try await Self.faults(Self.good.replacing(part, with: instead))
        #expect(faults.contains { $0.contains(words) }, "\(faults)")
        #expect(!faults.joined().contains("hunter2"))
    }

    @Test("all faults come at once, and a missing secret names its variable")
    func together() async throws {
        let faults = try await Self.faults(Self.good.replacing("https://go.example.com", with: "ftp://x"), environment: [:])
        #expect(faults.count == 3)
        #expect(faults.contains { $0.contains("expected REVISIT_TWILIO_AUTH_TOKEN in the environment, or a file named by twilio.auth_token_file") })
    }

    @Test("a misspelt variable is a fault; one of somebody else's isn't")
    func misspelt() async throws {
        let others = ["REVISIT_SERVICE_HOST": "10.0.0.1", "REVISIT_PORT": "tcp://10.0.0.1:80", "REVISIT_VERSION": "7", "REVISIT_SMTP_PASSWORD_FILE": "/dev/null"]
        let faults = try await Self.faults(Self.good, environment: Self.secrets.merging(others.merging(["REVISIT_HTTP_PROT": "9090"]) { $1 }) { $1 })
        #expect(faults == ["environment: REVISIT_HTTP_PROT: there is no such setting; did you mean 'REVISIT_HTTP_PORT'?"])
    }

    @Test("a secret's file must be its owner's alone")
    func secretFile() async throws {
        let scratch = try Self.place("")
        let secret = try scratch.write("token", "token-of-twilio\n")
        let text = Self.good.replacing("rooftops: scripts", with: "rooftops: \(scratch.path("scripts"))").replacing("  number:", with: "  auth_token_file: \(secret)\n  number:")
        let file = try scratch.write("revisit.yaml", text)
        func faults(mode: Int) async throws -> [String] {
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: secret)
            do {
                _ = try await ServeConfiguration(file: file, environment: ["REVISIT_SMTP_PASSWORD": "x"])
                return []
            } catch let error as ServeConfiguration.Faulty {
                return error.faults
            }
        }
        #expect(try await faults(mode: 0o644).first?.contains("others may read \(secret); chmod 600 \(secret)") == true)
        #expect(try await faults(mode: 0o600) == [])
    }

    @Test("docs/reference/configuration.md lists every setting")
    func documented() throws {
        let page = try String(contentsOf: CommandLineTool.root.appending(path: "docs/reference/configuration.md"), encoding: .utf8)
        for key in ServeConfiguration.keys + MailConfiguration.keys { #expect(page.contains("`\(key)`"), "\(key)") }
    }

    @Test("serve and doctor refuse a configuration that can't be used with exit 78", arguments: ["serve", "doctor"])
    func refused(command: String) throws {
        let scratch = try Scratch()
        let file = try scratch.write("revisit.yaml", "public_url: [\n")
        let run = try CommandLineTool.run(command, "--config", file)
        #expect(run.status == 78)
        #expect(run.complaints.contains("it isn't YAML"))
        let missing = try CommandLineTool.run(command, "--config", scratch.path("no.yaml"))
        #expect(missing.status == 78)
        #expect(missing.complaints.contains("there is no such file"))
    }
}

@Suite struct InboxCommandTests {
    /// A ledger in which customers of the example answered.
    static func ledger(_ scenario: String) throws -> Scratch {
        let scratch = try Scratch()
        let file = try scratch.write("scenario.lua", scenario)
        let run = try CommandLineTool.run(
            "simulate", "scripts/hillside", "fixtures/08_line_items.csv", "--days", "8", "--scenario", file, "--database", scratch.path("ledger.sqlite"))
        try #require(run.status == 0, "\(run.complaints)")
        return scratch
    }

    @Test("the inbox lists who waits, shows what was said beside the repair order, and takes bookings and answers")
    func inbox() throws {
        let scratch = try Self.ledger("return { { ro_number = \"608003\", touch = \"reminder\", reply = \"can I stop by Friday?\" } }")
        func inbox(_ words: String...) throws -> CommandLineTool.Run {
            try CommandLineTool.run(["inbox"] + words + ["--database", scratch.path("ledger.sqlite")])
        }
        let list = try inbox()
        #expect(list.text.contains("C1  ") && list.text.contains("RO 608003") && list.text.contains("may mean stop: nothing is sent until you look"))
        let show = try inbox("show", "C1")
        #expect(show.text.contains("customer: “can I stop by Friday?” (may mean stop)") && show.text.contains("we, #1 by email"))
        #expect(try inbox("show", "C1", "--format", "json").text.contains("\"meaning\":\"ambiguous\""))
        let answer = try inbox("answer", "C1", "Friday at 9 works", "--by", "Kim")
        #expect(answer.text == "A1 waits to be handed over by revisit serve\n")
        #expect(try inbox("show", "1").text.contains("Kim, waiting: Friday at 9 works"))
        #expect(try inbox("booked", "C1").text == "C1 is booked\n")
        #expect(try inbox().text == "nobody waits for an answer\n")
        #expect(try inbox("list", "--all").text.contains("C1  "))
        #expect(try inbox("close", "C1", "--opt-out").text == "C1 is closed, and opted out\n")
        let refused = try inbox("answer", "C1", "hello")
        #expect(refused.status == 66 && refused.complaints.contains("the customer opted out; nothing may be sent to them"))
    }

    @Test("wrong words to the inbox are told, each with its exit", arguments: [
        (["show", "C9"], Int32(66), "there is no conversation C9; revisit inbox lists them"),
        (["show", "x"], 64, "expected a conversation as C12, got: x"), (["answer", "C1", "  "], 64, "expected what to say, got nothing"),
        (["called", "1", "asleep"], 64, "expected reached, booked, no_answer, wrong_number, stop, got: asleep"),
        (["called", "99999", "reached"], 66, "no call of touch #99999 waits"),
    ])
    func wrong(words: [String], status: Int32, complaint: String) throws {
        let scratch = try Self.ledger("return {}")
        let run = try CommandLineTool.run(["inbox"] + words + ["--database", scratch.path("ledger.sqlite")])
        #expect(run.status == status && run.complaints.contains(complaint), "\(run.status) \(run.complaints)")
    }

    @Test("resume and settle say when there is nothing to do")
    func nothing() throws {
        let scratch = try Self.ledger("return {}")
        let ledger = ["--database", scratch.path("ledger.sqlite")]
        let resume = try CommandLineTool.run(["resume", "sms"] + ledger)
        #expect(resume.status == 4 && resume.complaints.contains("sms isn't halted"))
        let settle = try CommandLineTool.run(["settle", "1", "sent"] + ledger)
        #expect(settle.status == 4 && settle.complaints.contains("#1 isn't parked; revisit why 1 tells where it stands"))
        #expect(try CommandLineTool.run(["resume", "scripts/hillside"] + ledger).text.contains("hillside goes on, spread over its hours"))
    }
}

@Suite struct DocumentedConfigurationTests {
    @Test("the configurations of the pages are right but for what is on the reader's machine", arguments: ["learning/run-it.md", "reference/configuration.md"])
    func pages(page: String) async throws {
        let text = try String(contentsOf: CommandLineTool.root.appending(path: "docs/" + page), encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```yaml").dropFirst().first?.components(separatedBy: "```").first)
        let yaml = block.drop { $0 != "\n" }.dropFirst()
        let faults = try await ServeConfigurationTests.faults(String(yaml).replacing("rooftops: /etc/revisit/rooftops", with: "rooftops: scripts"))
        #expect(faults.allSatisfy { $0.contains("imports: there is no folder") }, "\(faults)")
    }
}
