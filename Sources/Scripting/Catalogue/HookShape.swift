/// A function or table of a rooftop's file that the host asks for.
public struct HookShape: Sendable {
    /// "message", of message.lua.
    public let file: String
    /// "sms".
    public let key: String
    /// What it is called with, in order.
    public let parameters: [(name: String, type: FieldType)]
    /// What it may return besides nil.
    public let returns: FieldType
    public let doc: String
}
