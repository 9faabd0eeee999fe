/// What a look into a maildir came to.
public struct MaildirTurn: Sendable {
    /// A message that stays where it is until the next turn.
    public struct Left: Sendable {
        public enum Reason: Sendable {
            case notAFile
            case tooLarge(bytesMost: Int)
            case unreadable(any Error)
            /// The handler's error: the message isn't stored.
            case notHandled(any Error)
            /// Handled, though it couldn't be moved: it will be handed out again.
            case notMoved(any Error)
        }

        /// The file's name in `new/`.
        public let name: String
        public let reason: Reason
    }

    /// Names of those that were handled and moved.
    public internal(set) var taken: [String] = []
    public internal(set) var left: [Left] = []
    /// Whether there was more than a turn takes.
    public internal(set) var hasMore = false
}
