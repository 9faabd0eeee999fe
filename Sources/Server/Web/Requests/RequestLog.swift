internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Metrics

/// Notes every request by its route's pattern: a path may hold a token, and an address is a person's.
struct RequestLog: RouterMiddleware {
    typealias Context = WebRequestContext

    let metrics: PrometheusRegistry
    let instant: @Sendable () -> ContinuousClock.Instant

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let began = instant()
        do {
            let response = try await next(request, context)
            note(request, context, status: response.status.code, took: instant() - began)
            return response
        } catch {
            note(request, context, status: 500, took: instant() - began)
            throw error
        }
    }

    private func note(_ request: Request, _ context: Context, status: Int, took: Duration) {
        let method = Self.name(of: request.method)
        let route = context.endpointPath ?? "NotFound"
        let (seconds, attoseconds) = took.components
        let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        metrics.makeCounter(label: "http_requests", dimensions: [("method", method), ("route", route), ("status", "\(status)")]).increment(by: 1)
        metrics.makeTimer(label: "http_request_duration", dimensions: [("route", route)]).recordNanoseconds(nanoseconds)
        context.logger.info(
            "request",
            metadata: ["method": "\(method)", "route": "\(route)", "status": "\(status)", "duration_us": "\(nanoseconds / 1000)"])
    }

    /// A client may write any word for a method, and each would be a series of its own.
    private static func name(of method: HTTPRequest.Method) -> String {
        [.get, .head, .post, .put, .delete, .options, .patch].contains(method) ? method.rawValue : "other"
    }
}
