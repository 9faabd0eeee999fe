internal import Crypto
internal import Foundation
internal import ScriptKit

/// Which tests of a rooftop failed when they ran last.
struct LastFailed {
    private let file: URL

    init(of rooftop: URL, in state: StateFolder) {
        let path = rooftop.standardizedFileURL.resolvingSymlinksInPath().path
        file = state.url.appending(path: "last-failed/\(SHA256.hex(of: Array(path.utf8)).prefix(16))")
    }

    /// Empty when none failed, or nothing ran yet.
    func read() -> Set<String> {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return Set(text.split(separator: "\n").map(String.init))
    }

    /// Notes what a run came to; what it left out stays as it was.
    func note(_ results: [TestResult]) {
        var failed = read()
        for result in results {
            let key = TestSelection.key(of: result.test)
            switch result.outcome {
            case .failed: failed.insert(key)
            case .passed: failed.remove(key)
            case .skipped: break
            }
        }
        do {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try failed.sorted().joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
        } catch {
            Console.note("--last-failed won't know of this run: \(error.localizedDescription)")
        }
    }
}
