internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Gathers an answer, and tells when the request was out.
final class WatchedAnswer: HTTPClientResponseDelegate {
    typealias Response = HTTPClient.Response

    private let answer: ResponseAccumulator
    private let watch: @Sendable (RequestMoment) -> Void

    init(_ answer: ResponseAccumulator, watch: @escaping @Sendable (RequestMoment) -> Void) {
        self.answer = answer
        self.watch = watch
    }

    func didSendRequest(task: HTTPClient.Task<Response>) { watch(.afterRequest) }

    func didReceiveHead(task: HTTPClient.Task<Response>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
        answer.didReceiveHead(task: task, head)
    }

    func didReceiveBodyPart(task: HTTPClient.Task<Response>, _ part: ByteBuffer) -> EventLoopFuture<Void> {
        answer.didReceiveBodyPart(task: task, part)
    }

    func didReceiveError(task: HTTPClient.Task<Response>, _ error: any Error) { answer.didReceiveError(task: task, error) }

    func didFinishRequest(task: HTTPClient.Task<Response>) throws -> Response {
        let response = try answer.didFinishRequest(task: task)
        watch(.afterAnswer)
        return response
    }
}
