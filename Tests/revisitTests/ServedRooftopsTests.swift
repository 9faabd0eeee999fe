import Foundation
import Server
import Testing

@testable import revisit

/// Rooftops' folders that come, change and break while `revisit serve` runs.
@Suite struct ServedRooftopsTests {
    private func folder(_ scratch: Scratch, _ name: String, id: String, title: String = "Shop", zone: String = "America/Chicago") throws -> String {
        let file = try scratch.write(
            "scripts/\(name)/rooftop.lua",
            "return { id = '\(id)', name = '\(title)', zone = '\(zone)', phone = '+12175550100', booking_link = 'https://go.example.com/\(name)' }")
        return URL(filePath: file).deletingLastPathComponent().path
    }

    @Test("what can be loaded is served, and what is wrong with the others is told, a line each")
    func some() async throws {
        let scratch = try Scratch(), rooftops = ServedRooftops()
        let good = try folder(scratch, "a", id: "a"), same = try folder(scratch, "b", id: "a"), wrong = try folder(scratch, "c", id: "c", zone: "Amerika/Chicago")
        let refusals = await rooftops.takeAll([good, same, wrong])
        #expect(rooftops.all.map(\.folder) == [good])
        #expect(refusals.first == "\(same): its id a is that of \(good) too; give each its own")
        #expect(refusals.last?.hasPrefix("\(wrong): rooftop.lua: zone: no time zone is called 'Amerika/Chicago'") == true)
    }

    @Test("a name that was changed is what pages and mail say from then on; an id can't change")
    func changed() async throws {
        let scratch = try Scratch(), rooftops = ServedRooftops()
        #expect(await rooftops.takeAll([try folder(scratch, "a", id: "a", title: "Old")]) == [])
        #expect(rooftops.directory.facts(of: "a").name == "Old")
        #expect(await rooftops.takeAll([try folder(scratch, "a", id: "a", title: "New")]) == [])
        #expect(rooftops.directory.facts(of: "a").name == "New" && rooftops.name(of: "a") == "New" && rooftops.count == 1)
        #expect(rooftops.directory.facts(of: "a").phone == "(217) 555-0100")
        let refusals = await rooftops.takeAll([try folder(scratch, "a", id: "z")])
        #expect(refusals.first?.hasSuffix("its id was a and is z; change it back, or restart revisit serve") == true)
        #expect(rooftops.name(of: "a") == "New")
    }

    /// The real program: what it says, in the order in which it says it.
    @Test("serve starts without a rooftop that is broken, says so, and serves it once it is mended; a new folder needs no restart", .timeLimit(.minutes(5)))
    func served() async throws {
        let scratch = try Scratch()
        _ = try folder(scratch, "a", id: "a")
        _ = try folder(scratch, "b", id: "b", zone: "Amerika/Chicago")
        let configuration = try scratch.write("revisit.yaml", """
            database: \(scratch.path("ledger.sqlite"))
            rooftops: \(scratch.path("scripts"))
            public_url: http://127.0.0.1:18099
            http: { port: 0 }
            twilio:
              account_sid: AC\(String(repeating: "0", count: 32))
              number: "+13125550100"
              api_url: http://127.0.0.1:9
            """)
        let log = try scratch.write("log", "")
        let process = Process()
        process.executableURL = CommandLineTool.executable
        process.arguments = ["serve", "--config", configuration]
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["REVISIT_STDLIB": CommandLineTool.root.appending(path: "stdlib").path, "REVISIT_TWILIO_AUTH_TOKEN": "x", "REVISIT_TURN_MILLISECONDS": "20"]) { $1 }
        process.standardError = try FileHandle(forWritingTo: URL(filePath: log))
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        func wait(for words: String) async throws {
            while true {
                let told = try String(contentsOfFile: log, encoding: .utf8)
                if told.contains(words) { return }
                try #require(process.isRunning, "serve ended: \(told)")
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        try await wait(for: "rooftops=1 [revisit] serving")
        try await wait(for: "not served: \(scratch.path("scripts"))/b: rooftop.lua: zone: no time zone is called 'Amerika/Chicago'")
        _ = try folder(scratch, "c", id: "c")
        try await wait(for: "rooftop=c [revisit] serves a rooftop that has come")
        _ = try folder(scratch, "b", id: "b")
        try await wait(for: "rooftop=b [revisit] serves a rooftop that has come")
        process.terminate()
        try await ended(process)
        #expect(process.terminationStatus == 0)
        let told = try String(contentsOfFile: log, encoding: .utf8)
        #expect(told.components(separatedBy: "Amerika").count == 2, "told once: \(told)")
    }

    private func ended(_ process: Process) async throws {
        while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    }
}
