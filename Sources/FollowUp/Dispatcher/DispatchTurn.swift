/// With what a dispatcher begins a turn.
public struct DispatchTurn: Sendable, Equatable {
    public var pace: OutageRule.Pace
    /// Touches of the rooftop whose intents were committed in the last hour.
    public var sentInLastHour: Int

    /// Touches that have just become uncertain.
    public var uncertain: Int

    /// Channels on which nothing goes out.
    public var halts: [ChannelHalt]

    public init(pace: OutageRule.Pace, sentInLastHour: Int, uncertain: Int = 0, halts: [ChannelHalt] = []) {
        self.uncertain = uncertain
        self.halts = halts
        self.pace = pace
        self.sentInLastHour = sentInLastHour
    }

    /// How many may go out now.
    public var allowance: Int {
        switch pace {
        case .free: .max
        case .spreading(let perHour, _): max(0, perHour - sentInLastHour)
        case .held: 0
        }
    }
}
