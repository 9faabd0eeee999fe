import FollowUp
import Foundation
import Lua
import SQLiteStorage
import Scripting

/// A rooftop in a folder of a test's own, with the real standard library.
final class TestRooftop {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    let folder = FileManager.default.temporaryDirectory.appending(path: "revisit-\(UUID().uuidString)")
    let rooftop: Rooftop
    let scripts: RooftopScripts

    init(
        id: String = "hillside", zone: String = "America/Chicago", hours: String = "", message: String? = nil, channel: String? = nil,
        limits: Limits = Limits()
    ) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let settings = """
            return { id = "\(id)", name = "\(id.capitalized) Auto", group = "Test Group", zone = "\(zone)", phone = "+13125550100",
            booking_link = "https://book.example.com/\(id)", postal_address = "100 Example Road, Dayton, OH" \(hours) }
            """
        let files: [String: String?] = ["rooftop": settings, "message": message, "channel": channel]
        for case (let name, let text?) in files {
            try text.write(to: folder.appending(path: name + ".lua"), atomically: true, encoding: .utf8)
        }
        let bundle = try ScriptBundle(folder: folder, stdlib: Self.root.appending(path: "stdlib"))
        rooftop = try RooftopReader(bundle: bundle).rooftop()
        scripts = try await RooftopScripts(
            rooftop: id, bundle: bundle, bundleSHA256: "test", pool: SandboxPool(), limits: HookLimits(all: limits))
    }

    deinit {
        do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
    }

    /// For long runs: no commit waits for the disk.
    func scratchLedger() throws -> SQLiteLedger {
        try SQLiteLedger.scratch(path: folder.appending(path: "ledger.sqlite").path)
    }

    func ledger(_ name: String = "ledger") throws -> SQLiteLedger {
        try SQLiteLedger(path: folder.appending(path: name + ".sqlite").path)
    }
}
