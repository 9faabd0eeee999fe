/// The charsets that are read in mail.
enum Charset: Sendable, Equatable {
    case utf8
    case latin1
    case windows1252
    /// Bytes beyond ASCII are read as U+FFFD.
    case ascii

    /// Nil for one that isn't known.
    init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "iso-8859-1", "iso8859-1", "latin1", "latin-1": self = .latin1
        case "windows-1252", "cp1252": self = .windows1252
        case "us-ascii", "ascii", "ansi_x3.4-1968": self = .ascii
        default: return nil
        }
    }

    func text(of bytes: ArraySlice<UInt8>) -> String {
        switch self {
        case .utf8: return String(decoding: bytes, as: UTF8.self)
        case .latin1: return Self.text(bytes) { Unicode.Scalar($0) }
        case .windows1252:
            return Self.text(bytes) { byte in
                (0x80...0x9F).contains(byte) ? Self.windowsMarks[Int(byte - 0x80)] : Unicode.Scalar(byte)
            }
        case .ascii: return Self.text(bytes) { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }
        }
    }

    /// 0x80 to 0x9F; U+FFFD where nothing is.
    private static let windowsMarks = Array(
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

    private static func text(_ bytes: ArraySlice<UInt8>, _ scalar: (UInt8) -> Unicode.Scalar) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(scalar(byte)) }
        return String(text)
    }
}
