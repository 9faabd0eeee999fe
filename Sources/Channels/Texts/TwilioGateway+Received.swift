public import FollowUp

extension TwilioGateway {
    /// Texts of a page when what customers wrote is listed.
    static let receivedPageSize = 500

    /// Lists what customers sent since the day of an instant, in UTC, an hour before it included: what a webhook may have missed.
    ///
    /// The oldest comes first.
    ///
    /// Twilio calls a webhook once and doesn't call again after a failure, so the list is what makes sure that no STOP is lost.
    /// - Throws: ``ListingFailed``.
    public func received(since: Timestamp) async throws(ListingFailed) -> [InboundText] {
        let day = (since - 3600).description.prefix { $0 != "T" }
        var path: String? = messagesPath + "?"
            + TwilioForms.encode([FormParameter("DateSent>", String(day)), FormParameter("PageSize", "\(Self.receivedPageSize)")])
        var found: [InboundText] = []
        for _ in 0..<Self.pageLimit {
            // Twilio lists the latest first; a START after a STOP must be taken after it.
            guard let next = path else { return found.reversed() }
            let page = try await page(next)
            found += page.messages.filter(\.isInbound).map { InboundText(messageSID: $0.sid, from: $0.from ?? "", to: $0.to ?? "", body: $0.body) }
            path = page.nextPath
        }
        throw ListingFailed(reason: "Twilio's list has over \(Self.pageLimit) pages of \(Self.receivedPageSize)")
    }

    /// What customers sent couldn't be listed.
    public struct ListingFailed: Error, CustomStringConvertible {
        let reason: String

        public var description: String { "what customers texted can't be listed: \(reason)" }
    }

    private func page(_ path: String) async throws(ListingFailed) -> MessagePage {
        guard path.hasPrefix(messagesPath + "?") else { throw ListingFailed(reason: "the next page of Twilio's list isn't one of its messages") }
        switch await connection.exchange(
            url: settings.apiURL + path, form: nil, authorization: (settings.accountSID, settings.authToken),
            answerLimitBytes: Self.pageLimitBytes)
        {
        case .notBegun(let reason), .broken(let reason): throw ListingFailed(reason: reason)
        case .answered(let answer):
            guard answer.status == 200 else { throw ListingFailed(reason: "Twilio answered \(answer.status)") }
            do {
                return try MessagePage(json: answer.body)
            } catch {
                throw ListingFailed(reason: "a page can't be read")
            }
        }
    }
}
