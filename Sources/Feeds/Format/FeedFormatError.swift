/// A `feed` table that can't be a format, told in words: what was expected, what was found, what may have been meant.
public struct FeedFormatError: Error, Sendable, Equatable, CustomStringConvertible {
    public let message: String

    public var description: String { message }

    public init(_ message: String) {
        self.message = message
    }
}
