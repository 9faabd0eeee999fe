/// The last component of a link's path: ten characters of lower-case base32 (RFC 4648), 50 bits.
enum LinkToken {
    static let count = 10
    /// Has the form of a token and is none that anyone was sent but for one chance in 2^50: what is looked up in place of anything malformed, so
    /// that it costs the same.
    static let standIn = "aaaaaaaaaa"

    /// Gives the token to look up for a path.
    static func last(of path: String) -> String {
        let last = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        return isToken(last) ? String(last) : standIn
    }

    static func isToken(_ text: some StringProtocol) -> Bool {
        text.utf8.count == count
            && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "2")...UInt8(ascii: "7")).contains($0) }
    }
}
