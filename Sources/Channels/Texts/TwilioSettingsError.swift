/// A setting of the Twilio account isn't what it must be. It never holds the auth token.
public struct TwilioSettingsError: Error, Equatable, CustomStringConvertible {
    public let setting: String
    public let expected: String
    public let got: String

    init(_ setting: String, expected: String, got: String) {
        self.setting = setting
        self.expected = expected
        self.got = got
    }

    public var description: String { "expected \(setting) to be \(expected), got: \(got)" }
}
