internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Responses of the web side.
enum Answer {
    static let robots = HTTPField.Name("X-Robots-Tag")!
    static let frames = HTTPField.Name("X-Frame-Options")!
    static let referrer = HTTPField.Name("Referrer-Policy")!

    static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        text(html, type: "text/html; charset=utf-8", status: status)
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8", status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The one answer for every link that leads nowhere and every address that isn't there.
    static var notFound: Response { page(LinkPage.notFound, status: .notFound) }

    /// The provider or the person may try again: nothing of the request was kept.
    static var notStored: Response {
        var response = text("Not stored. Try again.\n", status: .serviceUnavailable)
        response.headers[.retryAfter] = "30"
        return response
    }

    static func tooMany(retryAfterSeconds: Int64) -> Response {
        var response = page(LinkPage.tooMany, status: .tooManyRequests)
        response.headers[.retryAfter] = "\(retryAfterSeconds)"
        return response
    }
}
