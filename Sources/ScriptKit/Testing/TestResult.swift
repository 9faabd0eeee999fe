/// How one test ended.
public struct TestResult: Sendable, Equatable {
    public enum Outcome: Sendable, Equatable {
        case passed
        case failed(TestFailure)
        /// The file says `it.skip`, or another test `it.only`.
        case skipped
    }

    public let test: TestCase
    public var outcome: Outcome
    /// What the test wants compared with its snapshots, in order.
    public let snapshots: [SnapshotFile.Taken]
    public let durationSeconds: Double

    public var failure: TestFailure? {
        if case .failed(let failure) = outcome { failure } else { nil }
    }
}
