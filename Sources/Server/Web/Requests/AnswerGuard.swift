internal import HTTPTypes
internal import Hummingbird

/// Gives every response the headers that keep it from being framed, indexed, kept or sniffed, and turns an error into a page that tells nothing.
struct AnswerGuard: RouterMiddleware {
    typealias Context = WebRequestContext

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as any HTTPResponseError {
            response = error.status == .notFound ? Answer.notFound : Answer.text("\(error.status.reasonPhrase).\n", status: error.status)
        }
        // A page's whole style stands in it, known by its hash; nothing else may load, run or frame it.
        response.headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'sha256-\(LinkPage.styleSHA256)'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        response.headers[.cacheControl] = "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[Answer.robots] = "noindex, nofollow"
        response.headers[Answer.referrer] = "no-referrer"
        response.headers[Answer.frames] = "DENY"
        return request.method == .head ? response.createHeadResponse() : response
    }
}
