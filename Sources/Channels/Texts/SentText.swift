internal import FollowUp
internal import Foundation

/// What is known of a text once its request is over.
struct SentText {
    private let exchange: Exchange

    init(_ exchange: Exchange) {
        self.exchange = exchange
    }

    func outcome(at now: Timestamp, backOffSeconds: Int64) -> SendOutcome {
        switch exchange {
        case .notBegun(let reason): .notAccepted(retryAt: now + backOffSeconds, reason: reason)
        case .broken(let reason): .uncertain(reason: reason)
        case .answered(let answer):
            switch answer.status {
            case 200...299: accepted(answer)
            // A proxy may say so of a request that it had passed on.
            case 408: .uncertain(reason: "Twilio answered 408")
            case 400...499: refused(answer, at: now, backOffSeconds: backOffSeconds)
            case let status: .uncertain(reason: "Twilio answered \(status)")
            }
        }
    }

    private struct Resource: Decodable {
        let sid: String
    }

    private struct Refusal: Decodable {
        let code: Int
    }

    private func accepted(_ answer: Exchange.Answer) -> SendOutcome {
        do {
            let sid = try JSONDecoder().decode(Resource.self, from: Data(answer.body)).sid
            guard sid.isTwilioSID else { return .uncertain(reason: "Twilio answered \(answer.status) without a name of the text") }
            return .accepted(providerID: sid)
        } catch {
            return .uncertain(reason: "Twilio answered \(answer.status), and the answer can't be read")
        }
    }

    private func refused(_ answer: Exchange.Answer, at now: Timestamp, backOffSeconds: Int64) -> SendOutcome {
        let code: Int?
        do {
            code = try JSONDecoder().decode(Refusal.self, from: Data(answer.body)).code
        } catch {
            // The status alone says that it wasn't taken; a proxy's page has no code.
            code = nil
        }
        let reason = code.map { "Twilio \($0)" } ?? "Twilio answered \(answer.status) without a code"
        let waitSeconds = min(max(answer.retryAfterSeconds ?? backOffSeconds, 1), Timestamp.secondsPerDay)
        if answer.status == 429 { return .notAccepted(retryAt: now + waitSeconds, reason: reason) }
        switch code.flatMap(TwilioErrorCode.init)?.effect {
        case .problem(let problem): return .rejected(problem, reason: reason)
        case .halts: return .halted(reason: reason)
        case .later: return .notAccepted(retryAt: now + waitSeconds, reason: reason)
        case nil where answer.status == 401 || (answer.status == 403 && code == nil): return .halted(reason: reason)
        case nil: return .rejected(.other, reason: reason)
        }
    }
}
