/// Reads and writes `application/x-www-form-urlencoded`, in which Twilio's webhooks and requests are.
public enum TwilioForms {
    /// A body of a webhook is under 4 KiB; a text of 1,600 characters is at most some 20 KB encoded.
    public static let byteLimit = 64 * 1024
    /// A webhook has about 25.
    public static let parameterLimit = 256

    /// Gives the parameters in order, repeated names kept.
    ///
    /// - Parameter body: The raw bytes, or those of a query.
    /// - Throws: ``TwilioFormError``; nothing of the body is in it.
    public static func parse(_ body: some Sequence<UInt8>) throws(TwilioFormError) -> [FormParameter] {
        let bytes = Array(body.prefix(byteLimit + 1))
        guard bytes.count <= byteLimit else { throw .tooLarge(limitBytes: byteLimit) }
        var parameters: [FormParameter] = []
        var start = 0
        for part in bytes.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            defer { start += part.count + 1 }
            guard !part.isEmpty else { continue }
            guard parameters.count < parameterLimit else { throw .tooMany(limit: parameterLimit) }
            let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
            let name = try decoded(part[..<equals], at: start)
            let value = try decoded(part[equals...].dropFirst(), at: start + (equals - part.startIndex) + 1)
            parameters.append(FormParameter(name, value))
        }
        return parameters
    }

    static func encode(_ parameters: [FormParameter]) -> String {
        parameters.map { escaped($0.name) + "=" + escaped($0.value) }.joined(separator: "&")
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(TwilioFormError) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 2 < bytes.endIndex, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]) else {
                    throw .badEscape(offset: offset + (index - bytes.startIndex))
                }
                plain.append(high << 4 | low)
                index += 2
            case let byte: plain.append(byte)
            }
            index += 1
        }
        guard let text = String(validating: plain, as: UTF8.self) else { throw .notUTF8(offset: offset) }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case _: nil
        }
    }

    private static func escaped(_ text: String) -> String {
        let hexadecimal = Array("0123456789ABCDEF")
        var escaped = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "): escaped.append("+")
            case _: escaped += "%\(hexadecimal[Int(byte >> 4)])\(hexadecimal[Int(byte & 15)])"
            }
        }
        return escaped
    }
}
