/// A message, or a part of one (RFC 2045, 2046).
struct MIMEPart: Sendable {
    static let depthMost = 10
    static let partsMost = 200
    /// More of a part isn't read as text.
    static let textBytesMost = 1_048_576

    let headers: HeaderFields
    /// "text/plain", in lower case.
    let type: String
    let parameters: [String: String]
    /// Of a leaf, as it came.
    let body: ArraySlice<UInt8>
    /// Of a multipart, or the message in a message/rfc822.
    let children: [MIMEPart]

    /// Reads a message and all its parts.
    init(message: [UInt8]) throws(MailReaderError) {
        var partsLeft = Self.partsMost
        try self.init(message[...], depth: 0, usually: "text/plain", &partsLeft)
    }

    private init(_ bytes: ArraySlice<UInt8>, depth: Int, usually: String, _ partsLeft: inout Int) throws(MailReaderError) {
        guard depth <= Self.depthMost else { throw .tooDeep(most: Self.depthMost) }
        guard partsLeft > 0 else { throw .tooLarge("number of parts", most: Self.partsMost) }
        partsLeft -= 1
        var place = bytes.startIndex
        headers = try HeaderFields(bytes, &place)
        let content = HeaderValue.parameters(headers.first("content-type") ?? usually)
        type = content.word.contains("/") ? content.word : usually
        parameters = content.parameters
        body = bytes[place...]
        var children: [MIMEPart] = []
        if type.hasPrefix("multipart/"), let boundary = parameters["boundary"], !boundary.isEmpty {
            for piece in Self.pieces(of: body, boundary: boundary) {
                children.append(try MIMEPart(
                    piece, depth: depth + 1, usually: type == "multipart/digest" ? "message/rfc822" : "text/plain", &partsLeft))
            }
        } else if type == "message/rfc822" || type == "message/global" {
            children = [try MIMEPart(body, depth: depth + 1, usually: "text/plain", &partsLeft)]
        }
        self.children = children
    }

    var isAttachment: Bool {
        headers.first("content-disposition").map { HeaderValue.parameters($0).word == "attachment" } ?? false
    }

    /// The bytes without their transfer encoding.
    var content: ArraySlice<UInt8> {
        switch headers.first("content-transfer-encoding").map({ HeaderValue.parameters($0).word }) {
        case "quoted-printable": QuotedPrintable.decode(body)[...]
        case "base64": Base64.decode(body)[...]
        default: body
        }
    }

    /// The content as text; bytes of an unknown charset are read as ASCII.
    var text: String {
        let content = content.prefix(Self.textBytesMost)
        guard let name = parameters["charset"] else {
            return String(validating: content, as: UTF8.self) ?? Charset.ascii.text(of: content)
        }
        return (Charset(name) ?? .ascii).text(of: content)
    }

    /// What is between the boundary's lines. Without a last one the message was cut off, and what is there counts.
    private static func pieces(of body: ArraySlice<UInt8>, boundary: String) -> [ArraySlice<UInt8>] {
        let delimiter = Array("--\(boundary)".utf8)
        var pieces: [ArraySlice<UInt8>] = []
        var start: Int?
        var place = body.startIndex
        while place < body.endIndex {
            let lineStart = place
            let line = HeaderFields.line(body, &place)
            guard line.starts(with: delimiter) else { continue }
            let rest = line.dropFirst(delimiter.count)
            let isLast = rest.starts(with: [0x2D, 0x2D])
            guard isLast || rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { continue }
            if let start { pieces.append(withoutLineEnd(body[start..<max(start, lineStart)])) }
            start = place
            // One too many is enough to refuse the message.
            if isLast || pieces.count > partsMost { return pieces }
        }
        if let start, start < body.endIndex { pieces.append(body[start...]) }
        return pieces
    }

    /// The line's end before a boundary belongs to the boundary.
    private static func withoutLineEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard bytes.last == 0x0A else { return bytes }
        let rest = bytes.dropLast()
        return rest.last == 0x0D ? rest.dropLast() : rest
    }
}
