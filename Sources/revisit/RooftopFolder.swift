internal import Crypto
internal import FollowUp
internal import Foundation
internal import Lua
internal import Scripting

/// A rooftop's folder, loaded whole: who it is and what its scripts are.
struct RooftopFolder {
    let bundle: ScriptBundle
    let rooftop: Rooftop

    init(_ path: String) async throws {
        let bundle = try ScriptBundle(folder: URL(filePath: path), stdlib: StandardLibrary.folder())
        self.bundle = bundle
        rooftop = try await SandboxThread.perform { try RooftopReader(bundle: bundle).rooftop() }
    }

    /// Hexadecimal SHA-256 of all that the rooftop's scripts may run.
    var bundleSHA256: String {
        SHA256.hex(of: bundle.contents.flatMap { Array("\($0.name)\0\($0.text.utf8.count)\0\($0.text)".utf8) })
    }

    /// The scripts at work.
    func scripts(in pool: SandboxPool) async throws -> RooftopScripts {
        try await RooftopScripts(rooftop: rooftop.id, bundle: bundle, bundleSHA256: bundleSHA256, pool: pool)
    }
}
