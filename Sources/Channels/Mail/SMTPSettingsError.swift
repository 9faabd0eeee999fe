/// A setting of the mail server that can't be used.
public struct SMTPSettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// "port".
    public let setting: String
    public let expected: String
    public let got: String

    init(_ setting: String, _ expected: String, _ got: String) {
        self.setting = setting
        self.expected = expected
        self.got = got
    }

    public var description: String { "expected \(setting) to be \(expected), got: \(got)" }
}
