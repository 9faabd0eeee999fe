internal import Foundation

/// One line on the terminal for a long file: how much is read, how fast, how long it will take.
///
/// There is none where stderr is no terminal, and nothing is shown in the first second.
final class ProgressBar {
    private static let quiet = Duration.seconds(1)
    private static let between = Duration.milliseconds(100)

    private let fileBytes: Int
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var mappingBegan: ContinuousClock.Instant?
    private var shownAt: ContinuousClock.Instant?
    private var read = 0
    private var rows = 0

    /// Nil when stderr is no terminal.
    init?(path: String) {
        guard isatty(FileHandle.standardError.fileDescriptor) == 1 else { return nil }
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        fileBytes = max(1, size ?? 1)
        began = clock.now
    }

    /// Notes bytes read: a file is read once to look it over, and once to map it.
    func advance(bytes: Int) {
        read += bytes
        if read > fileBytes, mappingBegan == nil { mappingBegan = clock.now }
        show()
    }

    func advance(toRow row: Int) {
        rows = row
        show()
    }

    /// Says what goes on while nothing is read.
    func show(_ words: String) {
        guard clock.now - began > Self.quiet else { return }
        write("  \(words)")
    }

    /// Takes the line away.
    func clear() {
        guard shownAt != nil else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
        shownAt = nil
    }

    private func show() {
        let now = clock.now
        guard now - began > Self.quiet, shownAt.map({ now - $0 > Self.between }) ?? true else { return }
        let pass = mappingBegan == nil ? read : min(read - fileBytes, fileBytes)
        let share = Double(pass) / Double(fileBytes)
        var line = "  \(mappingBegan == nil ? "looking over" : "importing") \(Int(share * 100)) %  \(Self.megabytes(pass)) of \(Self.megabytes(fileBytes)) MB"
        if let mappingBegan, share > 0 {
            let seconds = Self.seconds(now - mappingBegan)
            if seconds > 0 { line += "  \(Int(Double(rows) / seconds)) rows/s" }
            let left = Int(seconds * (1 - share) / share)
            line += "  \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
        }
        write(line)
    }

    private func write(_ line: String) {
        FileHandle.standardError.write(Data("\r\(line)\u{1B}[K".utf8))
        shownAt = clock.now
    }

    private static func megabytes(_ bytes: Int) -> String {
        let tenths = bytes / 100_000
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
