internal import FollowUp
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// Takes messages that a mail system posts, each as the raw body of a request. A 2xx means that the message is stored or needs no storing.
struct MailHook: Sendable {
    let mail: any MailReceiving
    let secret: String
    let desk: MailDesk
    let clock: any WallClock
    let bytesMost: Int
    let failures: LedgerFailures

    /// The secret stands at the end of the path, for mail systems that know an address only, or in `Authorization: Bearer`. Nothing of the
    /// body is read before it is right.
    func receive(_ request: Request, _ context: WebRequestContext) async throws -> Response {
        let given = context.parameters.get("secret") ?? Bearer.token(of: request.headers) ?? ""
        guard ConstantTime.equal(given, secret) else { return Answer.text("Forbidden.\n", status: .forbidden) }
        let message = Array(try await request.body.collect(upTo: bytesMost).readableBytesView)
        let now = clock.now
        switch mail.read(message, at: now) {
        case .refused(let reason):
            context.logger.warning("a message can't be read", metadata: ["reason": "\(reason)"])
            return Answer.text("\(reason)\n", status: .badRequest)
        case .automatic:
            return Response(status: .noContent)
        case .report(let report):
            return await stored(context, "mail report") { try await desk.take(report) }
        case .complaint(let token, let providerID):
            return await stored(context, "complaint by mail") { try await desk.takeComplaint(token: token, providerID: providerID, at: now) }
        case .reply(let reply):
            return await stored(context, "inbound mail") { try await desk.take(reply, at: now) }
        }
    }

    private func stored(_ context: WebRequestContext, _ place: String, _ work: () async throws -> Void) async -> Response {
        do {
            try await work()
            return Response(status: .noContent)
        } catch {
            failures.note(error, at: place, context.logger)
            return Answer.notStored
        }
    }
}
