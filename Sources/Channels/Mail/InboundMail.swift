public import FollowUp

/// A message that came to us, by what it is to us.
public enum InboundMail: Sendable, Equatable {
    /// A person wrote.
    case reply(Reply)
    /// A mail system says what became of a message of ours.
    case bounce(Bounce)
    /// A customer told their mail provider that a message of ours is spam.
    case complaint(Complaint)
    /// A machine wrote: neither an answer nor an opt-out.
    case automatic(Automatic)

    public struct Reply: Sendable, Equatable {
        /// The touch's that it answers, where it says so.
        public let token: String?
        /// As it stands in the message, which anyone can write.
        public let from: String
        /// With angle brackets; nil where it has none.
        public let messageID: String?
        public let subject: String
        /// What they wrote themselves, without the history that their program quotes; lines end in LF. Often empty when the subject says it all.
        public let text: String

        public init(token: String?, from: String, messageID: String?, subject: String, text: String) {
            self.token = token
            self.from = from
            self.messageID = messageID
            self.subject = subject
            self.text = text
        }
    }

    public struct Bounce: Sendable, Equatable {
        public enum Action: String, Sendable, CaseIterable {
            case failed, delayed, delivered, relayed, expanded
        }

        /// The touch's whose message it is about; nil where the report doesn't carry it.
        public let token: String?
        /// The original's Message-ID, with angle brackets.
        public let originalMessageID: String?
        /// Its own.
        public let messageID: String?
        public let action: Action
        /// "5.1.1" (RFC 3463).
        public let statusCode: String?
        /// What follows, for one that failed. Only `addressInvalid` is a word against the address.
        public let problem: DeliveryProblem?

        public init(
            token: String?, originalMessageID: String?, messageID: String?, action: Action, statusCode: String?, problem: DeliveryProblem?
        ) {
            self.token = token
            self.originalMessageID = originalMessageID
            self.messageID = messageID
            self.action = action
            self.statusCode = statusCode
            self.problem = problem
        }

        /// The same for the ledger; nil where the report doesn't say which message it is about.
        public func report(at now: Timestamp, _ addresses: TokenAddresses) -> DeliveryReport? {
            guard let originalMessageID = originalMessageID ?? token.map(addresses.messageID) else { return nil }
            let status: DeliveryReport.Status = switch action {
            case .failed: .undelivered(problem ?? .other)
            case .delayed: .accepted
            case .delivered, .relayed, .expanded: .delivered
            }
            return DeliveryReport(providerID: originalMessageID, status: status, detail: statusCode, at: now)
        }
    }

    public struct Complaint: Sendable, Equatable {
        /// The touch's whose message it is about.
        public let token: String
        /// Its own.
        public let messageID: String?

        public init(token: String, messageID: String?) {
            self.token = token
            self.messageID = messageID
        }
    }

    public struct Automatic: Sendable, Equatable {
        public let token: String?
        public let messageID: String?

        public init(token: String?, messageID: String?) {
            self.token = token
            self.messageID = messageID
        }
    }
}
