/// What a rooftop's hooks were told of a touch and what they answered, so that the call can be made again.
///
/// It is recorded whenever a touch was to be written, also where the rooftop has no hook for it: `calls` is empty then.
public struct HookRecord: Sendable, Equatable {
    /// One call of the rooftop's own. The standard wording is none: it follows from input and seed.
    public struct Call: Sendable, Equatable {
        /// Bytes of an answer that are kept; of a longer one only its length is.
        public static let outcomeBytesMost = 16_384

        /// "channel.choose".
        public let function: String
        /// JSON text: `{"returned":"email"}`, `{"skipped":"why"}`, `{"failed":"message"}`, `{"killed":"…"}`, or `{"too_long":bytes}`.
        public let outcome: String
        /// "channel.lua:9": where the call ended, where that is known, else where the function begins.
        public let place: String?

        public init(function: String, outcome: String, place: String?) {
            self.function = function
            self.outcome = outcome
            self.place = place
        }
    }

    /// What the hooks' random numbers start from.
    public let seed: UInt64
    /// Hexadecimal SHA-256 of the scripts.
    public let bundleSHA256: String
    /// The touch as JSON text, as `channel.choose` sees it. `item` isn't written, for it is the first of `items`; nor is what is nil.
    public let input: String
    /// In the order made.
    public let calls: [Call]

    public init(seed: UInt64, bundleSHA256: String, input: String, calls: [Call]) {
        self.seed = seed
        self.bundleSHA256 = bundleSHA256
        self.input = input
        self.calls = calls
    }
}
