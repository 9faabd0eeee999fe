internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Makes one HTTP request over a connection of its own.
///
/// A client that keeps connections sends a request again when an old one dies before the answer's first byte, and a text would go out twice. So
/// each request has a client for itself as long as it lasts, which keeps no connection, never tries again and follows no redirect.
struct FreshConnection: Sendable {
    let connectTimeoutSeconds: Int64
    let answerTimeoutSeconds: Int64
    let clients: ExchangeClients
    /// Told how far a POST has come; nil costs nothing.
    var watch: (@Sendable (RequestMoment) -> Void)?

    /// - Parameters:
    ///   - form: Sent with POST; nil makes it a GET.
    ///   - answerLimitBytes: A longer answer breaks off.
    ///   - permitted: Whether the first byte may still be written, asked right before it is.
    func exchange(
        url: String, form: String?, authorization: (user: String, password: String), answerLimitBytes: Int,
        permitted: @escaping @Sendable () -> Bool = { true }
    ) async -> Exchange {
        var request: HTTPClient.Request
        do {
            request = try HTTPClient.Request(url: url, method: form == nil ? .GET : .POST, headers: ["Connection": "close", "Accept": "application/json"])
        } catch {
            return .notBegun(reason: "the address can't be used")
        }
        request.setBasicAuth(username: authorization.user, password: authorization.password)
        if let form {
            request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            request.body = .string(form)
        }
        let watch = form == nil ? nil : watch
        let gate = ByteGate {
            guard permitted() else { return false }
            watch?(.beforeFirstByte)
            return true
        }
        let client = clients.take(connectTimeoutSeconds: connectTimeoutSeconds)
        client.serve((gate, watch))
        let exchange = await run(request, with: client.http, gate: gate, answerLimitBytes: answerLimitBytes, watch)
        client.serve(nil)
        if case .answered = exchange { clients.giveBack(client) } else { client.end() }
        return exchange
    }

    private func run(_ request: HTTPClient.Request, with client: HTTPClient, gate: ByteGate, answerLimitBytes: Int, _ watch: (@Sendable (RequestMoment) -> Void)?) async -> Exchange {
        do {
            let answer = ResponseAccumulator(request: request, maxBodySize: answerLimitBytes)
            let deadline = NIODeadline.now() + .seconds(answerTimeoutSeconds)
            let response =
                if let watch {
                    try await client.execute(request: request, delegate: WatchedAnswer(answer, watch: watch), deadline: deadline).get()
                } else {
                    try await client.execute(request: request, delegate: answer, deadline: deadline).get()
                }
            return .answered(
                Exchange.Answer(
                    status: Int(response.status.code), retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap { Int64($0) },
                    date: response.headers.first(name: "Date").flatMap(HTTPDate.timestamp),
                    body: response.body.map { Array($0.readableBytesView) } ?? []))
        } catch {
            let reason = ConnectionFailure.words(for: error)
            switch gate.shut() {
            case .nothingSent: return .notBegun(reason: reason)
            case .tooLate: return .notBegun(reason: "its time was over before the first byte")
            case .mayHaveSent: return .broken(reason: reason)
            }
        }
    }
}
