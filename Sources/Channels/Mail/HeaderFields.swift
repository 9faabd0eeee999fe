/// The header fields of a message or part, unfolded, in order.
struct HeaderFields: Sendable, Equatable {
    static let fieldsMost = 1_000
    static let bytesMost = 262_144

    /// Names in lower case; values as they came, without the white space around them.
    private(set) var fields: [(name: String, value: String)] = []

    init() {}

    /// Reads fields up to an empty line, which `place` is set behind.
    ///
    /// A line that is none, such as mbox's "From ", is passed over: what stands around it is still sure.
    init(_ bytes: ArraySlice<UInt8>, _ place: inout Int) throws(MailReaderError) {
        let start = place
        var canFold = false
        while place < bytes.endIndex {
            let line = Self.line(bytes, &place)
            if line.isEmpty { return }
            guard place - start <= Self.bytesMost else { throw .tooLarge("header", most: Self.bytesMost) }
            let text = Self.text(line)
            if line.first == 0x20 || line.first == 0x09 {
                if canFold { fields[fields.count - 1].value += " " + Self.trimmed(text) }
                continue
            }
            canFold = false
            guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = Self.trimmed(text[..<colon])
            guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else { continue }
            guard fields.count < Self.fieldsMost else { throw .tooLarge("number of header fields", most: Self.fieldsMost) }
            fields.append((name.lowercased(), Self.trimmed(text[text.index(after: colon)...])))
            canFold = true
        }
    }

    static func == (left: HeaderFields, right: HeaderFields) -> Bool {
        left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// The first field of the name, in lower case.
    func first(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// One line without its end, which `place` is set behind.
    static func line(_ bytes: ArraySlice<UInt8>, _ place: inout Int) -> ArraySlice<UInt8> {
        let end = bytes[place...].firstIndex(of: 0x0A) ?? bytes.endIndex
        let line = bytes[place..<end]
        place = min(end + 1, bytes.endIndex)
        return line.last == 0x0D ? line.dropLast() : line
    }

    /// UTF-8 (RFC 6532), or else Latin-1.
    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(validating: line, as: UTF8.self) ?? Charset.latin1.text(of: line)
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, first.value <= 0x20 { scalars.removeFirst() }
        while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
