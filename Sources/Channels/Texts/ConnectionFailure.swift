internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOPosix

/// Why an exchange broke off, in words for whoever runs Revisit. They hold nothing of what was sent.
enum ConnectionFailure {
    private static let charactersMost = 200

    static func words(for error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if error.dnsAError ?? error.dnsAAAAError != nil, error.connectionErrors.isEmpty { return "the name \(error.host) isn't known" }
            return error.connectionErrors.first.map { words(for: $0.error) } ?? "no connection"
        case let error as IOError: return String(cString: strerror(error.errnoCode))
        case let error as HTTPClientError: return error.shortDescription
        default:
            let text = String(describing: error)
            return text.contains("CERTIFICATE_VERIFY_FAILED") ? "the server's certificate isn't trusted" : String(text.prefix(charactersMost))
        }
    }
}
