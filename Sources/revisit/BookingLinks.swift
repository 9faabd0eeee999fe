internal import Crypto
internal import FollowUp
internal import Foundation

/// Makes the path of a touch's booking link: 10 characters that nobody can guess, the same after a restore.
struct BookingLinks: Sendable {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
    private static let length = 10
    private let key: SymmetricKey

    init(secret: [UInt8]) {
        key = SymmetricKey(data: secret)
    }

    /// Secrets for ledgers that have none yet.
    static func freshSecret(using random: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Links as long as real ones, always the same: what a text says can hang on its length.
    static let sample: @Sendable (Touch.ID) -> String = { BookingLinks(secret: [0]).token(of: $0) }

    func token(of touch: Touch.ID) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("touch \(touch.number)".utf8), using: key)
        var bits = 0
        var held = 0
        var token = ""
        for byte in code {
            held = held << 8 | Int(byte)
            bits += 8
            while bits >= 5, token.count < Self.length {
                bits -= 5
                token.append(Self.alphabet[held >> bits & 31])
            }
            held &= (1 << bits) - 1
        }
        return token
    }
}

extension SHA256 {
    /// Hexadecimal digest.
    static func hex(of bytes: some Sequence<UInt8>) -> String {
        hash(data: Array(bytes)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
