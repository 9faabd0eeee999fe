public import FollowUp

/// Twilio's error codes that Revisit tells apart; every other one is ``DeliveryProblem/other``.
///
/// Source: Twilio's error and warning dictionary, https://www.twilio.com/docs/api/errors.
public enum TwilioErrorCode: Int, Sendable, CaseIterable {
    case authenticationFailed = 20003
    case tooManyRequests = 20429
    case invalidNumber = 21211
    case recipientOptedOut = 21610
    case notMobile = 21614
    /// Twilio refuses landlines in some countries before it tries them.
    case landlineRefused = 21635
    case queueOverflow = 30001
    case accountSuspended = 30002
    case unreachableHandset = 30003
    case messageBlocked = 30004
    case unknownHandset = 30005
    case landlineOrUnreachableCarrier = 30006
    case carrierFiltered = 30007
    case unknownError = 30008
    /// A US number that isn't registered for texts by application.
    case unregisteredNumber = 30034

    /// What follows from a code.
    public enum Effect: Sendable, Equatable {
        case problem(DeliveryProblem)
        /// No text of the account goes through before a person has mended something.
        case halts
        /// Nothing is wrong with the text; too many came at once.
        case later
    }

    public var effect: Effect {
        switch self {
        case .recipientOptedOut: .problem(.optedOut)
        case .invalidNumber, .notMobile, .landlineRefused, .unknownHandset: .problem(.addressInvalid)
        case .landlineOrUnreachableCarrier: .problem(.landline)
        case .messageBlocked: .problem(.blocked)
        case .unreachableHandset, .unknownError: .problem(.unreachable)
        case .carrierFiltered: .problem(.filtered)
        case .unregisteredNumber, .accountSuspended, .authenticationFailed: .halts
        case .queueOverflow, .tooManyRequests: .later
        }
    }

    /// What a code means for a text that Twilio had taken: one that came at a bad moment may be tried once more, and a halt leaves
    /// the text itself undelivered for good.
    public var problemOnceAccepted: DeliveryProblem {
        switch effect {
        case .problem(let problem): problem
        case .halts: .other
        case .later: .unreachable
        }
    }
}
