/// How a call ended, and what it used.
public struct CallResult: Sendable {
    public enum Outcome: Sendable, Equatable {
        case returned(Value)
        /// The script returned `skip "reason"`.
        case skipped(reason: String)
        /// The script returned `quarantine "reason"`.
        case quarantined(reason: String)
        case failed(ScriptError)
        case killed(LimitExceeded)
    }

    public let outcome: Outcome
    /// Where a call that did not return a value ended, innermost first: the line of `skip`, of `quarantine`, of an error.
    public let frames: [Frame]
    /// What `print` wrote.
    public let printed: String
    /// Fuel and peak memory of the call.
    public let fuelUsed: UInt64
    public let memoryPeakBytes: UInt64

    /// Where the call ended; nil for one that returned a value, and where nobody can tell.
    public var place: Frame? {
        guard case .failed(let error) = outcome, let file = error.file, let line = error.line else { return frames.first }
        return Frame(file: file, line: line, function: nil)
    }

    /// The value, when the call returned one; otherwise throws `ScriptError` or `LimitExceeded`.
    public func value() throws -> Value {
        switch outcome {
        case .returned(let value): return value
        case .skipped(let reason), .quarantined(let reason): return .string(reason)
        case .failed(let error): throw error
        case .killed(let limit): throw limit
        }
    }
}
