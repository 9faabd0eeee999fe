import Foundation

/// A port that takes connections (the kernel does) and never reads or says anything.
final class SilentPort: Sendable {
    let port: Int
    private let descriptor: Int32

    init() throws {
        (descriptor, port) = try Self.bound()
        guard listen(descriptor, 8) == 0 else { throw PeerFailure("can't listen") }
    }

    deinit {
        close(descriptor)
    }

    /// A port on which nothing listens.
    static func closed() throws -> Int {
        let (descriptor, port) = try bound()
        close(descriptor)
        return port
    }

    private static func bound() throws -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let done = withUnsafeMutablePointer(to: &address) { place in
            place.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0 }
        }
        guard descriptor >= 0, done else { throw PeerFailure("can't bind a port") }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
