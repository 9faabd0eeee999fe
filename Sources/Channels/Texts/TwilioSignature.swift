internal import Crypto
internal import Foundation

/// Tells Twilio's webhook requests from everyone else's.
///
/// Twilio signs Base64(HMAC-SHA1(auth token, address + each name and value, sorted by name)) in the header `X-Twilio-Signature`; repeated values
/// are sorted and stand once. Source: Twilio's documentation, "Webhooks security", and `RequestValidator` of its Python library.
public struct TwilioSignature: Sendable {
    /// The header that carries it.
    public static let header = "X-Twilio-Signature"

    private let key: SymmetricKey
    private let webhooks: WebhookURL

    public init(authToken: String, webhooks: WebhookURL) {
        key = SymmetricKey(data: Array(authToken.utf8))
        self.webhooks = webhooks
    }

    /// Gives whether the account signed the request. It takes as long for a wrong signature as for a right one.
    ///
    /// - Parameter signature: The header's value.
    public func accepts(_ request: SignedRequest, signature: String) -> Bool {
        let form = Self.signedForm(request.parameters)
        var matches = false
        for address in webhooks.signed(request.pathAndQuery) {
            let same = Self.equal(expected(Array(address.utf8) + form), signature)
            matches = matches || same
        }
        return matches
    }

    private func expected(_ bytes: [UInt8]) -> String {
        Data(HMAC<Insecure.SHA1>.authenticationCode(for: bytes, using: key)).base64EncodedString()
    }

    /// Sorts by bytes, as UTF-8 keeps the order of code points; String's own order and equality are Unicode's, which Twilio's aren't.
    private static func signedForm(_ parameters: [FormParameter]) -> [UInt8] {
        var seen: Set<[[UInt8]]> = []
        let pairs = parameters.map { [Array($0.name.utf8), Array($0.value.utf8)] }.filter { seen.insert($0).inserted }
        return pairs.sorted { left, right in
            left[0] == right[0] ? left[1].lexicographicallyPrecedes(right[1]) : left[0].lexicographicallyPrecedes(right[0])
        }.flatMap { $0[0] + $0[1] }
    }

    /// Compares every byte whatever the first ones are. Lengths are no secret: a right one is always 28.
    private static func equal(_ expected: String, _ given: String) -> Bool {
        let (left, right) = (Array(expected.utf8), Array(given.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (a, b) in zip(left, right) { difference |= a ^ b }
        return difference == 0
    }
}
