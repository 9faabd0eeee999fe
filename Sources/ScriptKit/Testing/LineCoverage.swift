/// Which lines of a rooftop's own scripts the tests ran.
public struct LineCoverage: Sendable, Equatable {
    public struct File: Sendable, Equatable {
        public let name: String
        /// Lines that have code.
        public let executable: [Int]
        /// Those that never ran.
        public let missed: [Int]

        /// "4, 7-9".
        public var missedRanges: String {
            var ranges: [ClosedRange<Int>] = []
            for line in missed {
                // A blank line or a comment between two doesn't part them.
                if let last = ranges.last, !executable.contains(where: { $0 > last.upperBound && $0 < line }) {
                    ranges[ranges.count - 1] = last.lowerBound...line
                } else {
                    ranges.append(line...line)
                }
            }
            return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: ", ")
        }
    }

    public let files: [File]

    public var executableCount: Int { files.reduce(0) { $0 + $1.executable.count } }
    public var missedCount: Int { files.reduce(0) { $0 + $1.missed.count } }
    /// Of a hundred lines, rounded down so that 100 means all.
    public var percent: Int { executableCount == 0 ? 100 : (executableCount - missedCount) * 100 / executableCount }
}
