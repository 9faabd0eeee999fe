/// What a rooftop's script did wrong, for the person who wrote it. It cost no touch: the default was used.
public struct ScriptFailure: Sendable, Hashable {
    /// "message.sms".
    public let function: String
    /// With the script's file and line where there is one.
    public let reason: String

    public init(function: String, reason: String) {
        self.function = function
        self.reason = reason
    }
}
