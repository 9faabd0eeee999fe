internal import FollowUp
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// What links do. Only a POST acts; opening a link any number of times, by anyone or anything, changes no more than its count.
///
/// A POST that another site makes a browser send does no harm that needs a guard of its own: nothing acts by cookies or a login, the token in the
/// path is the whole authority, and whoever knows it can as well press the button.
struct LinkHandlers: Sendable {
    let links: any LinkLedger
    let inbox: any InboxLedger
    let gate: SendGate
    let clock: any WallClock
    let rooftops: @Sendable () -> RooftopDirectory
    let visits: RateLimiter
    let unsubscribes: RateLimiter
    let trustedProxyHops: Int
    let bytesMost: Int
    let failures: LedgerFailures

    func show(_ request: Request, _ context: WebRequestContext) async -> Response {
        await open(request, context) { LinkPage.landing($0, rooftops().facts(of: $0.rooftop)) }
    }

    func act(_ request: Request, _ context: WebRequestContext) async throws -> Response {
        let now = clock.now
        if let refusal = refusal(visits, client(request, context), now) { return refusal }
        return try await act(request, context, at: now) { body in
            FormBody.value(of: "action", in: body, contentType: request.headers[.contentType]).flatMap(LinkAction.init)
        }
    }

    /// The page of the one-click opt-out's address (RFC 8058): it asks, and changes nothing.
    func confirm(_ request: Request, _ context: WebRequestContext) async -> Response {
        await open(request, context) { LinkPage.confirmation($0) }
    }

    /// RFC 8058: mail providers post this for the person who pressed their button, with no cookies and no page to see.
    func unsubscribe(_ request: Request, _ context: WebRequestContext) async throws -> Response {
        let now = clock.now
        if let refusal = refusal(unsubscribes, nil, now) { return refusal }
        return try await act(request, context, at: now) { body in
            let value = FormBody.value(of: "List-Unsubscribe", in: body, contentType: request.headers[.contentType])
            return value == "One-Click" ? .stop : nil
        }
    }

    private func open(_ request: Request, _ context: WebRequestContext, _ page: (BookingLink) -> String) async -> Response {
        let now = clock.now
        if let refusal = refusal(visits, client(request, context), now) { return refusal }
        let token = LinkToken.last(of: request.uri.path)
        do {
            guard let link = try await links.bookingLink(token: token, at: now) else { return Answer.notFound }
            await count(VisitorRule.visitor(request.method, request.headers), token, now, context)
            return Answer.page(page(link))
        } catch {
            failures.note(error, at: "link", context.logger)
            return Answer.notStored
        }
    }

    /// A visit that can't be counted is noted as the ledger's failure, and the customer sees the page all the same.
    private func count(_ visitor: LinkVisitor, _ token: String, _ now: Timestamp, _ context: WebRequestContext) async {
        do {
            try await links.count(visitor, token: token, at: now)
        } catch {
            failures.note(error, at: "link count", context.logger)
        }
    }

    private func act(
        _ request: Request, _ context: WebRequestContext, at now: Timestamp, _ action: ([UInt8]) -> LinkAction?
    ) async throws -> Response {
        let body = Array(try await request.body.collect(upTo: bytesMost).readableBytesView)
        let link: BookingLink
        do {
            guard let found = try await links.bookingLink(token: LinkToken.last(of: request.uri.path), at: now) else { return Answer.notFound }
            link = found
        } catch {
            failures.note(error, at: "link", context.logger)
            return notSaved
        }
        guard let action = action(body) else { return Answer.page(LinkPage.notUnderstood, status: .badRequest) }
        do {
            try await inbox.record(
                Inbound(
                    rooftop: link.rooftop, from: link.customer, kind: action.kind, at: now, providerID: action.providerID(of: link.touch, at: now),
                    touch: link.touch))
        } catch {
            failures.note(error, at: "link action", context.logger, id: "touch \(link.touch.number)")
            return notSaved
        }
        switch action {
        case .stop: await gate.quiet(link.customer.address)
        case .book, .call: break
        }
        return Answer.page(LinkPage.thanks(action, link, rooftops().facts(of: link.rooftop)))
    }

    private var notSaved: Response {
        var response = Answer.page(LinkPage.notStored, status: .serviceUnavailable)
        response.headers[.retryAfter] = "30"
        return response
    }

    private func client(_ request: Request, _ context: WebRequestContext) -> String {
        ClientAddress.of(request.headers, peer: context.peer, trustedHops: trustedProxyHops)
    }

    private func refusal(_ limiter: RateLimiter, _ client: String?, _ now: Timestamp) -> Response? {
        switch limiter.admit(client, at: now) {
        case .admitted: nil
        case .refused(let seconds): Answer.tooMany(retryAfterSeconds: seconds)
        }
    }
}
