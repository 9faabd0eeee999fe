internal import Foundation

/// Notices when a file of a rooftop, or of the standard library, is changed, added or removed.
struct ScriptsWatch {
    private static let pollMilliseconds = 250
    private let folders: [URL]
    private var seen: [String: String] = [:]

    init(_ folders: [URL]) {
        self.folders = folders
        seen = look()
    }

    /// Waits until something is other than it was, and then until it has stayed the same for a moment.
    mutating func waitForChange() async throws {
        while true {
            try await Task.sleep(for: .milliseconds(Self.pollMilliseconds))
            if hasChanged() { break }
        }
        repeat { try await Task.sleep(for: .milliseconds(Self.pollMilliseconds / 5)) } while hasChanged()
    }

    /// Whether something is other than when this was asked last.
    mutating func hasChanged() -> Bool {
        let now = look()
        defer { seen = now }
        return now != seen
    }

    private func look() -> [String: String] {
        var found: [String: String] = [:]
        for folder in folders {
            guard let files = FileManager.default.enumerator(atPath: folder.path) else { continue }
            for case let name as String in files where !name.contains("snapshots/") {
                guard let attributes = files.fileAttributes, attributes[.type] as? FileAttributeType == .typeRegular else { continue }
                let time = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
                found[folder.appending(path: name).path] = "\(time) \(attributes[.size] ?? 0)"
            }
        }
        return found
    }
}
