/// One test of a rooftop, as its file declares it.
public struct TestCase: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case test, property
        /// An export of the fixtures, whose repair orders are compared with a file.
        case maps
    }

    public enum Mode: String, Sendable {
        case run, skip, only
    }

    /// "tests/message_test.lua".
    public let file: String
    /// With the names of its groups.
    public let name: String
    /// Where it is declared.
    public let line: Int
    public let kind: Kind
    public let mode: Mode
    /// The export and the expected file of a `maps`, in the rooftop's fixtures.
    public let input: String?
    public let expected: String?
    /// Its number in its file, from 1.
    let index: Int

    /// "tests/message_test.lua:12".
    public var place: String { "\(file):\(line)" }
}
