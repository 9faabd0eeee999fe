internal import FollowUp

/// A button of a link's page, by the value that its form posts.
enum LinkAction: String, CaseIterable {
    case book, call, stop

    var kind: Inbound.Kind {
        switch self {
        case .book: .booking
        case .call: .callRequest
        case .stop: .optOut
        }
    }

    /// Booking and asking for a call count once a day for each link, however often the button is pressed. Stopping has no name and is always
    /// taken: someone may have opted in again since, and a second stop changes nothing by itself.
    func providerID(of touch: Touch.ID, at now: Timestamp) -> String? {
        switch self {
        case .book, .call: "link:\(touch.number):\(rawValue):\(now.secondsSince1970 / Timestamp.secondsPerDay)"
        case .stop: nil
        }
    }
}
