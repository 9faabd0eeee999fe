/// Reads one field of a posted form, in either of the encodings that browsers and mail providers use.
enum FormBody {
    /// Gives the field's value; nil when the form can't be read or doesn't have the field exactly once.
    ///
    /// - Parameter contentType: The header's value; without one the form is taken for `application/x-www-form-urlencoded`.
    static func value(of name: String, in body: [UInt8], contentType: String?) -> String? {
        let type = (contentType ?? "").lowercased()
        let values: [String]? =
            type.hasPrefix("multipart/form-data") ? multipart(name, body, contentType ?? "") : type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded")
                ? urlEncoded(name, body) : nil
        guard let values, values.count == 1 else { return nil }
        return values[0]
    }

    private static func urlEncoded(_ name: String, _ body: [UInt8]) -> [String]? {
        var values: [String] = []
        for pair in body.split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let key = decoded(pair[..<equals]), let value = decoded(pair[equals...].dropFirst()) else { return nil }
            if key == name { values.append(value) }
        }
        return values
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
                plain.append(high << 4 | low)
            case _: plain.append(byte)
            }
        }
        return String(validating: plain, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// RFC 7578, as much as a form of short fields needs: parts between boundary lines, each with a head and a value.
    private static func multipart(_ name: String, _ body: [UInt8], _ contentType: String) -> [String]? {
        guard let boundary = parameter("boundary", of: contentType), !boundary.isEmpty, boundary.utf8.count <= 70,
            let text = String(validating: body, as: UTF8.self)
        else { return nil }
        var values: [String] = []
        var part: (head: [Substring], value: [Substring]?)?
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            if line == "--\(boundary)" || line == "--\(boundary)--" {
                if let value = part?.value, part?.head.contains(where: { isDisposition($0, of: name) }) == true {
                    values.append(value.joined(separator: "\r\n"))
                }
                part = line.hasSuffix("--") && line != "--\(boundary)" ? nil : ([], nil)
            } else if part?.value != nil {
                part?.value?.append(line)
            } else if line.isEmpty {
                part?.value = []
            } else {
                part?.head.append(line)
            }
        }
        return values
    }

    private static func isDisposition(_ line: Substring, of name: String) -> Bool {
        line.lowercased().hasPrefix("content-disposition:") && parameter("name", of: String(line)) == name
    }

    private static func parameter(_ name: String, of header: String) -> String? {
        for part in header.split(separator: ";").dropFirst() {
            let trimmed = part.drop { $0 == " " || $0 == "\t" }
            guard trimmed.lowercased().hasPrefix("\(name)=") else { continue }
            let value = trimmed.dropFirst(name.count + 1)
            return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count >= 2 ? String(value.dropFirst().dropLast()) : String(value)
        }
        return nil
    }
}
