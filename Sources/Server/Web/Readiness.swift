/// Whether the process can do its work now.
public enum Readiness: Sendable, Equatable {
    case ready
    /// In words for whoever runs it, without personal data: the answer is public.
    case notReady(reason: String)
}
