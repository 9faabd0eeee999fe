internal import Crypto
internal import FollowUp
internal import Foundation
internal import Scripting

/// A rooftop's folder, loaded whole: who it is and what its scripts are.
struct RooftopFolder {
    let bundle: ScriptBundle
    let rooftop: Rooftop

    init(_ path: String) throws {
        bundle = try ScriptBundle(folder: URL(filePath: path), stdlib: StandardLibrary.folder())
        rooftop = try RooftopReader(bundle: bundle).rooftop()
    }

    /// The scripts at work.
    func scripts() async throws -> RooftopScripts {
        let bytes = bundle.contents.flatMap { Array("\($0.name)\0\($0.text.utf8.count)\0\($0.text)".utf8) }
        return try await RooftopScripts(bundle: bundle, bundleSHA256: SHA256.hex(of: bytes))
    }
}
