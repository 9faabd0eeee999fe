/// Tells from bytes alone how they spell text.
struct EncodingGuess {
    let encoding: FeedFormat.Encoding
    var fallback: FeedFormat.Encoding?
    let markLength: Int
    let value: String
    let reason: String
    let confidence: SniffedFeed.Confidence

    private static let binaries: [(bytes: [UInt8], found: String, advice: String)] = [
        ([0x50, 0x4B, 0x03, 0x04], "is a ZIP archive or an Excel workbook (.xlsx)", "unpack the archive, or save the workbook as CSV"),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel workbook (.xls)", "save it as CSV"),
        ([0x1F, 0x8B], "is compressed with gzip", "unpack it first: gunzip FILE"),
        ([0x42, 0x5A, 0x68], "is compressed with bzip2", "unpack it first: bunzip2 FILE"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "is compressed with xz", "unpack it first: unxz FILE"),
        ([0x37, 0x7A, 0xBC, 0xAF], "is a 7z archive", "unpack it first"),
        ([0x25, 0x50, 0x44, 0x46], "is a PDF document", "have the report exported as text: CSV, fixed width, XML or JSON"),
        ([0x7F, 0x45, 0x4C, 0x46], "is a program", "name the export instead"),
        ([0x89, 0x50, 0x4E, 0x47], "is a PNG image", "name the export instead"),
        ([0xFF, 0xD8, 0xFF], "is a JPEG image", "name the export instead"),
        ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66], "is an SQLite database", "export its table as CSV"),
        ([0x50, 0x41, 0x52, 0x31], "is a Parquet file", "export it as CSV or JSON lines"),
    ]

    /// How much is looked at where the whole file tells no more.
    private static let enough = 64 << 10

    /// - Throws: ``FeedError`` when the bytes are no text.
    init(_ bytes: [UInt8]) throws {
        if bytes.allSatisfy({ [0x20, 0x09, 0x0A, 0x0C, 0x0D, 0x1A, 0].contains($0) }) { throw FeedError.empty }
        if let binary = Self.binaries.first(where: { bytes.starts(with: $0.bytes) }) {
            throw FeedError.notText(found: binary.found, advice: binary.advice)
        }
        for (encoding, mark) in [(FeedFormat.Encoding.utf16LittleEndian, [0xFF, 0xFE]), (.utf16BigEndian, [0xFE, 0xFF])] as [(FeedFormat.Encoding, [UInt8])]
        where bytes.starts(with: mark) {
            self.init(.utf16, markLength: 2, "byte order mark of \(encoding.rawValue)", .certain)
            return
        }
        let head = bytes.prefix(Self.enough)
        var even = 0, odd = 0
        for (place, byte) in head.enumerated() where byte == 0 { if place % 2 == 0 { even += 1 } else { odd += 1 } }
        if max(even, odd) * 5 >= head.count, max(even, odd) > 8 * min(even, odd) {
            self.init(odd > even ? .utf16LittleEndian : .utf16BigEndian, "every second byte is NUL, and there is no byte order mark", .likely)
            return
        }
        if Self.isEBCDIC(head) {
            self.init(.cp037, "blanks are 0x40, letters 0xC1 to 0xE9 and digits 0xF0 to 0xF9; cp500 differs in a few signs only", .likely)
            return
        }
        let controls = head.reduce(0) { $0 + ($1 < 0x20 && $1 != 0x09 && $1 != 0x0A && $1 != 0x0D && $1 != 0x0C && $1 != 0x1F && $1 != 0x1A ? 1 : 0) }
        if controls * 10 > head.count {
            throw FeedError.notText(
                found: "is binary: \(controls) of its first \(head.count) bytes are control characters",
                advice: "have it exported as text: CSV, fixed width, XML or JSON")
        }
        self.init(text: bytes)
    }

    private init(_ encoding: FeedFormat.Encoding, markLength: Int = 0, value: String? = nil, _ reason: String, _ confidence: SniffedFeed.Confidence) {
        self.encoding = encoding
        self.markLength = markLength
        self.value = value ?? encoding.rawValue
        self.reason = reason
        self.confidence = confidence
    }

    private init(text bytes: [UInt8]) {
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let count = LineCount(bytes)
        let lines = "\(count.bad) of \(count.all) lines are not UTF-8"
        if count.bad == 0 {
            let reason = hasMark ? "byte order mark" : count.good == 0 ? "nothing but ASCII" : "all bytes are valid UTF-8, \(count.good) lines with letters beyond ASCII"
            self.init(.utf8, markLength: hasMark ? 3 : 0, reason, hasMark ? .certain : .likely)
        } else if hasMark || count.good > 0 {
            self.init(.utf8, markLength: hasMark ? 3 : 0, value: "utf-8, fallback windows-1252", "\(hasMark ? "byte order mark, but " : "")\(lines), and \(count.good) have letters of it", .guessed)
            fallback = .windows1252
        } else {
            let odd: Set<UInt8> = [0x81, 0x8D, 0x8F, 0x90, 0x9D]
            let hasWindows = bytes.contains { (0x80...0x9F).contains($0) }
            if hasWindows, bytes.contains(where: { odd.contains($0) }) {
                self.init(.latin1, "\(lines), with bytes that Windows-1252 does not have", .guessed)
            } else {
                self.init(.windows1252, hasWindows ? lines : "\(lines); latin-1 reads the same here", hasWindows ? .likely : .guessed)
            }
        }
    }

    /// Lines with and without valid letters beyond ASCII.
    private struct LineCount {
        var all = 0, good = 0, bad = 0

        init(_ bytes: [UInt8]) {
            bytes.withUnsafeBufferPointer { text in
                guard let base = text.baseAddress else { return }
                var i = 0
                var isGood = false, isBad = false
                while i < text.count {
                    let byte = text[i]
                    if byte == 0x0A {
                        all += 1
                        if isBad { bad += 1 } else if isGood { good += 1 }
                        (isGood, isBad) = (false, false)
                    } else if byte >= 0x80 {
                        let length = UTF8Check.sequenceLength(base + i, count: text.count - i)
                        if length > 0 {
                            isGood = true
                            i += length
                            continue
                        }
                        // The last may be cut by the end of what was read.
                        if text.count - i >= 4 { isBad = true }
                    }
                    i += 1
                }
                if let last = text.last, last != 0x0A {
                    all += 1
                    if isBad { bad += 1 } else if isGood { good += 1 }
                }
            }
        }
    }

    private static func isEBCDIC(_ head: ArraySlice<UInt8>) -> Bool {
        var written = 0, ascii = 0
        for byte in head {
            switch byte {
            case 0x40, 0xC1...0xC9, 0xD1...0xD9, 0xE2...0xE9, 0xF0...0xF9, 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0x4B, 0x6B, 0x60, 0x61, 0x7D, 0x50, 0x7A, 0x5B, 0xC0, 0xD0:
                written += 1
                // Letters and points of ASCII that mean something else in EBCDIC.
                if byte < 0x7F, byte != 0x40, byte != 0x50 { ascii += byte == 0x61 ? 1 : 0 }
            case 0x20, 0x2C, 0x2E, 0x30...0x39, 0x65, 0x41...0x4A: ascii += 1
            default: break
            }
        }
        return head.count >= 16 && written * 10 >= head.count * 8 && ascii * 20 <= head.count
    }

    /// The text of what was read, as UTF-8.
    func text(of bytes: [UInt8]) -> [UInt8] {
        let body = bytes[markLength...]
        switch encoding {
        case .utf8: return fallback == nil ? Array(body) : Self.mended(body)
        case .windows1252: return Self.decoded(body, .windows1252)
        case .latin1: return Self.decoded(body, .latin1)
        case .utf16: return Self.decoded(body, .utf16(bigEndian: bytes[0] == 0xFE))
        case .utf16LittleEndian: return Self.decoded(body, .utf16(bigEndian: false))
        case .utf16BigEndian: return Self.decoded(body, .utf16(bigEndian: true))
        case .cp037, .cp500: return SniffedEBCDIC.text(of: body)
        }
    }

    private static func decoded(_ body: ArraySlice<UInt8>, _ encoding: TextEncoding) -> [UInt8] {
        guard !body.isEmpty else { return [] }
        var decoder = TextDecoder(encoding: encoding)
        return Array(unsafeUninitializedCapacity: TextDecoder.capacity(forRaw: body.count)) { output, count in
            guard let base = output.baseAddress else { return }
            count = body.withUnsafeBytes { decoder.decode($0, to: base) }
        }
    }

    /// Lines that are not UTF-8 read as Windows-1252, as the reader does with them.
    private static func mended(_ body: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(body.count)
        for line in body.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let isGood = line.withUnsafeBufferPointer { $0.baseAddress.map { base in UTF8Check.firstInvalid(base, count: line.count) == nil } ?? true }
            text += isGood ? Array(line) : decoded(line, .windows1252)
            text.append(0x0A)
        }
        text.removeLast()
        return text
    }
}

/// EBCDIC as far as a look needs it: a byte a character, so that places in records stay where they are.
enum SniffedEBCDIC {
    private static let table: [UInt8] = EBCDIC(page: .cp037, lineEnd: EBCDIC.lineEnds[1]).characters.map { character in
        character == 0 ? UInt8(ascii: " ") : character < 0x80 ? character : UInt8(ascii: "?")
    }

    static func text(of bytes: ArraySlice<UInt8>) -> [UInt8] { bytes.map { table[Int($0)] } }
}
