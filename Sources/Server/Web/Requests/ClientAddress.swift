internal import Foundation
internal import HTTPTypes
internal import NIOCore

/// Whom a request comes from, as far as limits are concerned.
enum ClientAddress {
    private static let forwardedFor = HTTPField.Name("X-Forwarded-For")!

    /// Gives the client's address: an IPv4 address, or the /64 of an IPv6 address, as one client has a whole /64 to choose from.
    ///
    /// - Parameter trustedHops: Proxies of our own. Each appends the address it was reached from, so only the last so many entries of
    ///   `X-Forwarded-For` are true; what stands before them is the client's own invention.
    static func of(_ headers: HTTPFields, peer: SocketAddress?, trustedHops: Int) -> String {
        let connected = peer.flatMap { $0.ipAddress }.map { network(of: $0) ?? $0 } ?? "unknown"
        guard trustedHops > 0 else { return connected }
        let entries = headers[values: forwardedFor].flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
        guard entries.count >= trustedHops else { return connected }
        return network(of: String(entries[entries.count - trustedHops])) ?? connected
    }

    /// Nil for what is no address.
    private static func network(of text: String) -> String? {
        var address = text.filter { $0 != " " && $0 != "\t" }
        if address.hasPrefix("["), let end = address.firstIndex(of: "]") {
            address = String(address[address.index(after: address.startIndex)..<end])
        } else if address.count(where: { $0 == ":" }) == 1 {
            address = String(address.prefix { $0 != ":" })
        }
        if let zone = address.firstIndex(of: "%") { address = String(address[..<zone]) }
        // Room for either kind.
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, address, &bytes) == 1 { return address }
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return nil }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            return bytes[12...].map { "\($0)" }.joined(separator: ".")
        }
        return stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":") + "::/64"
    }
}
