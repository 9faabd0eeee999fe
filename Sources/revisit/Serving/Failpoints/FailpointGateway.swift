internal import FollowUp

/// A gateway before which a test has the process die, with the intent durable and nothing of it sent.
struct FailpointGateway: Gateway {
    let gateway: any Gateway
    let failpoint: Failpoint

    func prepare(_ intents: [Intent]) async -> [Touch.ID: SendOutcome] { await gateway.prepare(intents) }

    func conclude(_ results: [SendResult]) async { await gateway.conclude(results) }

    func send(_ intent: Intent) async -> SendOutcome {
        failpoint.reach(.sendBeforeLook)
        return await gateway.send(intent)
    }
}
