/// Other bytes in place of some, and what that does to the script in words.
struct SourceChange {
    let range: Range<Int>
    let replacement: String
    let description: String

    init(_ range: Range<Int>, _ replacement: String, _ description: String) {
        self.range = range
        self.replacement = replacement
        self.description = description
    }

    func applied(to bytes: [UInt8]) -> [UInt8] {
        bytes[..<range.lowerBound] + Array(replacement.utf8) + bytes[range.upperBound...]
    }
}
