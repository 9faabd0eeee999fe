/// A picture of a format, ready to be held against lines.
struct LinePicture {
    private enum Piece {
        case digit, letter, any
        case byte(UInt8)
        /// A character of several bytes.
        case bytes([UInt8])
    }

    /// The place of its first character, counted from 0; nil for the first that is not blank.
    private let place: Int?
    private let pieces: [Piece]
    /// What the line has at its place if it fits; nil when several bytes would do.
    private let firstByte: UInt8?

    init(_ picture: FeedFormat.Picture) {
        place = picture.at.map { $0 - 1 }
        pieces = picture.text.unicodeScalars.map { scalar in
            switch scalar {
            case "#": .digit
            case "@": .letter
            case "?": .any
            default: scalar.isASCII ? .byte(UInt8(scalar.value)) : .bytes(Array(String(scalar).utf8))
            }
        }
        firstByte =
            switch pieces.first {
            case .byte(let byte): byte
            case .bytes(let bytes): bytes[0]
            case .digit, .letter, .any, nil: nil
            }
    }

    /// - Parameter isBytes: true when each byte of the line is a character.
    func fits(_ line: UnsafeBufferPointer<UInt8>, isBytes: Bool) -> Bool {
        var i = 0
        if let place {
            guard place < line.count else { return false }
            if isBytes {
                i = place
            } else {
                for _ in 0..<place where i < line.count { i += Self.length(at: i, in: line) }
            }
        } else {
            while i < line.count && (line[i] == UInt8(ascii: " ") || line[i] == 0 || line[i] == UInt8(ascii: "\t")) { i += 1 }
        }
        guard i < line.count, firstByte == nil || line[i] == firstByte else { return false }
        for piece in pieces {
            guard i < line.count else { return false }
            switch piece {
            case .digit: guard line[i] &- UInt8(ascii: "0") < 10 else { return false }
            case .letter: guard (line[i] | 0x20) &- UInt8(ascii: "a") < 26 else { return false }
            case .byte(let byte): guard line[i] == byte else { return false }
            case .any: break
            case .bytes(let bytes): guard line[i...].starts(with: bytes) else { return false }
            }
            i += isBytes ? 1 : Self.length(at: i, in: line)
        }
        return true
    }

    private static func length(at i: Int, in line: UnsafeBufferPointer<UInt8>) -> Int {
        var length = 1
        while i + length < line.count && line[i + length] & 0xC0 == 0x80 { length += 1 }
        return length
    }
}
