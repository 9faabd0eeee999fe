internal import Foundation
internal import NIOSSL
internal import Synchronization

/// The authorities whose servers are trusted, parsed anew only when their file has changed.
final class TrustRoots: Sendable {
    /// Where systems keep theirs in one file: Debian and its kin, then Red Hat and its.
    private static let systemFiles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"]

    struct Edition: Sendable {
        let roots: NIOSSLTrustRoots
        /// Counts what has been read, from 1.
        let number: Int
    }

    /// Tells a file from what lay there before.
    private struct Stamp: Equatable {
        let number: UInt64
        let bytes: Int64
        let changedSeconds: Int
        let changedNanoseconds: Int

        /// Nil when there is no such file.
        init?(path: String) {
            var info = stat()
            guard stat(path, &info) == 0 else { return nil }
            number = UInt64(info.st_ino)
            bytes = Int64(info.st_size)
            changedSeconds = info.st_mtim.tv_sec
            changedNanoseconds = info.st_mtim.tv_nsec
        }
    }

    private let file: String?
    private let last = Mutex<(stamp: Stamp?, edition: Edition)?>(nil)

    /// - Parameter file: PEM; nil for the system's.
    init(file: String?) {
        self.file = file ?? Self.systemFiles.first { Stamp(path: $0) != nil }
    }

    var now: Edition {
        let stamp = file.flatMap(Stamp.init)
        return last.withLock { last in
            if let last, last.stamp == stamp { return last.edition }
            let edition = Edition(roots: Self.read(file), number: (last?.edition.number ?? 0) + 1)
            last = (stamp, edition)
            return edition
        }
    }

    /// A file that can't be parsed is left to the handshake, which fails and tells why.
    private static func read(_ file: String?) -> NIOSSLTrustRoots {
        guard let file else { return .default }
        do {
            return .certificates(try NIOSSLCertificate.fromPEMFile(file))
        } catch {
            return .file(file)
        }
    }
}
