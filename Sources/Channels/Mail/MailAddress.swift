/// An e-mail address that can stand in an envelope and a header as it is.
///
/// The form is `local@domain` with a dot-atom before the @ (RFC 5321, 4.1.2) and ASCII only: no quotes, spaces, comments or angle brackets,
/// so nothing in it can end a command or a header.
struct MailAddress: Sendable, Equatable {
    let text: String
    let local: Substring
    let domain: Substring

    static let bytesMost = 254
    static let localBytesMost = 64

    /// Nil for any other form.
    init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMost, let at = text.lastIndex(of: "@") else { return nil }
        let local = text[..<at]
        let domain = text[text.index(after: at)...]
        guard local.utf8.count <= Self.localBytesMost, Self.isDotAtom(local), Self.isDomain(domain) else { return nil }
        self.text = text
        self.local = local
        self.domain = domain
    }

    /// Letters, digits and hyphens between single dots; no hyphen at a label's end.
    static func isDomain(_ text: some StringProtocol) -> Bool {
        let labels = Array(text.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
        }
    }

    static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    private static let atomMarks = Set("!#$%&'*+-/=?^_`{|}~".utf8)

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { isAlphanumeric($0) || atomMarks.contains($0) }
        }
    }
}
