public import Foundation

/// Compares what tests took with what was accepted.
public struct SnapshotCheck: Sendable {
    /// A snapshot that a person has to look at.
    public struct Difference: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// Never accepted before.
            case pending
            /// Not what was accepted.
            case changed(from: String)
            /// Accepted once, and no test takes it any more.
            case obsolete
        }

        /// "tests/message_test.lua".
        public let file: String
        public let name: String
        public let kind: Kind
        /// What it is now; what it was for an obsolete one.
        public let text: String
    }

    public private(set) var differences: [Difference] = []
    private var files: [String: SnapshotFile] = [:]
    private var taken: [String: Set<String>] = [:]
    private let rooftop: URL

    public init(rooftop: URL) {
        self.rooftop = rooftop
    }

    /// Compares a test's snapshots, and gives the result with a failure when one has changed.
    mutating func check(_ result: TestResult) throws -> TestResult {
        guard !result.snapshots.isEmpty else { return result }
        let test = result.test
        let file = try files[test.file] ?? SnapshotFile(of: test.file, in: rooftop)
        files[test.file] = file
        var checked = result
        for snapshot in result.snapshots {
            taken[test.file, default: []].insert(snapshot.name)
            let text = SnapshotFile.trimmed(SnapshotPicture.text(of: snapshot.value))
            guard let accepted = file[snapshot.name] else {
                differences.append(Difference(file: test.file, name: snapshot.name, kind: .pending, text: text))
                continue
            }
            guard accepted != text else { continue }
            differences.append(Difference(file: test.file, name: snapshot.name, kind: .changed(from: accepted), text: text))
            if checked.failure == nil {
                checked.outcome = .failed(
                    TestFailure(
                        message: "it is not what was accepted; look at it with --review", file: test.file, line: snapshot.line,
                        expected: accepted, actual: text))
            }
        }
        return checked
    }

    /// Looks for snapshots that no test takes any more, in files of which every test ran and passed.
    mutating func findObsolete(in wholeFiles: Set<String>) throws {
        for name in wholeFiles.sorted() {
            let file = try files[name] ?? SnapshotFile(of: name, in: rooftop)
            files[name] = file
            for entry in file.accepted where taken[name]?.contains(entry.name) != true {
                differences.append(Difference(file: name, name: entry.name, kind: .obsolete, text: entry.text))
            }
        }
    }

    /// Accepts a difference: what is now holds from now on.
    public mutating func accept(_ difference: Difference) throws {
        var file = try files[difference.file] ?? SnapshotFile(of: difference.file, in: rooftop)
        switch difference.kind {
        case .pending, .changed: file.accept(difference.text, as: difference.name)
        case .obsolete: file.remove(difference.name)
        }
        try file.save()
        files[difference.file] = file
    }
}
