import Foundation
import Testing

@Suite struct RehearsalTests {
    private func serve(api: String, _ environment: [String: String]) throws -> CommandLineTool.Run {
        let folder = FileManager.default.temporaryDirectory.appending(path: "revisit-rehearsal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = """
            database: \(folder.path)/ledger.sqlite
            rooftops: \(CommandLineTool.root.path)/scripts
            public_url: http://127.0.0.1:18099
            twilio:
              account_sid: AC\(String(repeating: "0", count: 32))
              number: "+13125550100"
              api_url: \(api)
            """
        try text.write(to: folder.appending(path: "revisit.yaml"), atomically: true, encoding: .utf8)
        return try CommandLineTool.run(
            ["serve", "--config", folder.appending(path: "revisit.yaml").path], environment: environment.merging(["REVISIT_TWILIO_AUTH_TOKEN": "x"]) { $1 })
    }

    @Test(
        "a clock or a failpoint of tests is refused where customers could be written to",
        arguments: [["REVISIT_CLOCK": "/dev/null"], ["REVISIT_FAILPOINT": "intent.after_commit"], ["REVISIT_TURN_MILLISECONDS": "5"]])
    func refused(environment: [String: String]) throws {
        let run = try serve(api: "https://api.twilio.com", environment)
        #expect(run.status != 0 && run.complaints.contains("for tests, so twilio.api_url and smtp.host must be on 127.0.0.1"), "\(run.complaints)")
    }

    @Test("a failpoint that there isn't is named, with those that there are")
    func unknown() throws {
        let run = try serve(api: "http://127.0.0.1:9", ["REVISIT_FAILPOINT": "intent.after_lunch"])
        #expect(run.status != 0 && run.complaints.contains("there is no intent.after_lunch; there are plan.before_commit"), "\(run.complaints)")
    }
}
