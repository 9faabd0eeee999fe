/// Text as lower-case UTF-8, for looking up many short phrases in one message.
struct SearchableText {
    let bytes: [UInt8]

    init(_ text: String) {
        bytes = Array((text.utf8.contains { $0 >= 0x80 } ? text.lowercased() : text).utf8).map(Self.lower)
    }

    /// Whether the phrase, in lower case, stands anywhere in the text.
    func contains(_ phrase: String) -> Bool {
        places(of: phrase) { _ in true }
    }

    /// Whether the word stands in the text with no letter beside it.
    func containsWord(_ word: String) -> Bool {
        places(of: word) { place in
            (place == 0 || !Self.isLetter(bytes[place - 1]))
                && (place + word.utf8.count == bytes.count || !Self.isLetter(bytes[place + word.utf8.count]))
        }
    }

    /// Whether the phrase stands in the text with no digit after it: "march 3" isn't in "march 31".
    func containsNumber(_ phrase: String) -> Bool {
        places(of: phrase) { place in
            place + phrase.utf8.count == bytes.count || !Self.isDigit(bytes[place + phrase.utf8.count])
        }
    }

    /// The digits of the text alone.
    var digits: SearchableText { SearchableText(bytes: bytes.filter(Self.isDigit)) }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private func places(of phrase: String, _ isWanted: (Int) -> Bool) -> Bool {
        var phrase = phrase
        return phrase.withUTF8 { phrase in
            guard let first = phrase.first, phrase.count <= bytes.count else { return false }
            return bytes.withUnsafeBufferPointer { bytes in
                for place in 0...(bytes.count - phrase.count) where bytes[place] == first {
                    var length = 1
                    while length < phrase.count, bytes[place + length] == phrase[length] { length += 1 }
                    if length == phrase.count, isWanted(place) { return true }
                }
                return false
            }
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    /// Bytes of a character beyond ASCII count as letters.
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte >= 0x80
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
