/// Compares the beginning of a file with the encoding that its format pins, and refuses the file when they plainly differ.
/// It never picks another encoding: it says which one to pin.
struct EncodingCheck {
    let format: FeedFormat
    let head: [UInt8]

    /// How much of a file is looked at.
    static let headBytes = 64 << 10

    private var pinned: FeedFormat.Encoding { format.encoding }

    /// Returns the encoding with its byte order, and how long the byte order mark is that the file starts with.
    func settle() throws -> (encoding: TextEncoding, markLength: Int) {
        if head.isEmpty { throw FeedError.empty }
        if let kind = knownBinary {
            throw FeedError.notText(found: "is \(kind)", advice: "export it as text: CSV or tab-separated")
        }
        switch pinned {
        case .utf8:
            try refuse(marks: [.utf16LittleEndian, .utf16BigEndian])
            try refuseNULs()
            try refuseEBCDIC()
            if format.fallbackEncoding == nil { try refuseOtherBytes() }
            return (.utf8, markLength(.utf8))
        case .windows1252, .latin1:
            try refuse(marks: [.utf8, .utf16LittleEndian, .utf16BigEndian])
            try refuseNULs()
            try refuseEBCDIC()
            return (pinned == .latin1 ? .latin1 : .windows1252, 0)
        case .cp037, .cp500:
            try refuse(marks: [.utf8, .utf16LittleEndian, .utf16BigEndian])
            try refuseASCII()
            return (.ebcdic(EBCDIC(page: pinned == .cp037 ? .cp037 : .cp500, lineEnd: format.recordBytes == nil ? lineEnd : nil)), 0)
        case .utf16:
            try refuse(marks: [.utf8])
            if starts(with: .utf16LittleEndian) { return (.utf16(bigEndian: false), 2) }
            if starts(with: .utf16BigEndian) { return (.utf16(bigEndian: true), 2) }
            let (even, odd) = nulCounts
            if even == 0 && odd == 0 { throw notUTF16 }
            return (.utf16(bigEndian: even > odd), 0)
        case .utf16LittleEndian, .utf16BigEndian:
            let isBig = pinned == .utf16BigEndian
            try refuse(marks: [.utf8, isBig ? .utf16LittleEndian : .utf16BigEndian])
            let (even, odd) = nulCounts
            if even == 0 && odd == 0 { throw notUTF16 }
            return (.utf16(bigEndian: isBig), markLength(pinned))
        }
    }

    // MARK: What a file starts with

    private func mark(of encoding: FeedFormat.Encoding) -> [UInt8] {
        switch encoding {
        case .utf8: [0xEF, 0xBB, 0xBF]
        case .utf16LittleEndian: [0xFF, 0xFE]
        case .utf16BigEndian: [0xFE, 0xFF]
        case .utf16, .windows1252, .latin1, .cp037, .cp500: []
        }
    }

    private func starts(with encoding: FeedFormat.Encoding) -> Bool {
        head.starts(with: mark(of: encoding))
    }

    private func markLength(_ encoding: FeedFormat.Encoding) -> Int {
        starts(with: encoding) ? mark(of: encoding).count : 0
    }

    private func refuse(marks: [FeedFormat.Encoding]) throws {
        for encoding in marks where starts(with: encoding) {
            throw FeedError.notText(
                found: "starts with the byte order mark of \(encoding.rawValue), but feed.encoding is '\(pinned.rawValue)'",
                advice: "set feed.encoding = \"\(encoding == .utf8 ? "utf-8" : "utf-16")\"")
        }
    }

    private var knownBinary: String? {
        let kinds: [(bytes: [UInt8], name: String)] = [
            ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or an Excel workbook (.xlsx)"),
            ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook (.xls)"),
            ([0x1F, 0x8B], "compressed with gzip"),
            ([0x25, 0x50, 0x44, 0x46], "a PDF document"),
            ([0x7F, 0x45, 0x4C, 0x46], "a program"),
            ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
            ([0x53, 0x51, 0x4C, 0x69, 0x74, 0x65, 0x20, 0x66], "an SQLite database"),
        ]
        return kinds.first { head.starts(with: $0.bytes) }?.name
    }

    // MARK: What it goes on with

    private var nulCounts: (even: Int, odd: Int) {
        var even = 0
        var odd = 0
        for (position, byte) in head.enumerated() where byte == 0 {
            if position % 2 == 0 { even += 1 } else { odd += 1 }
        }
        return (even, odd)
    }

    /// Some exports have a few NULs in cells, or pad the end of the file with them; text has no more.
    private func refuseNULs() throws {
        let text = head[..<(head.lastIndex { $0 != 0 && $0 != 0x1A } ?? 0)]
        let nuls = text.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
        if text.isEmpty || nuls * 10 <= text.count { return }
        let (even, odd) = nulCounts
        let isUTF16 = max(even, odd) > 8 * min(even, odd) && max(even, odd) * 5 >= head.count
        if isUTF16 {
            throw FeedError.notText(
                found: "looks like UTF-16 (every second byte is NUL), but feed.encoding is '\(pinned.rawValue)'",
                advice: "set feed.encoding = \"\(odd > even ? "utf-16le" : "utf-16be")\"")
        }
        // Fixed layouts pad with them.
        if nuls < 16 || format.kind == .fixed { return }
        throw FeedError.notText(
            found: "is binary: \(nuls) of its first \(text.count) bytes are NUL", advice: "export it as text: CSV or tab-separated")
    }

    /// Which of the two bytes that end lines in EBCDIC the file has more of.
    private var lineEnd: UInt8 {
        let counts = EBCDIC.lineEnds.map { end in head.reduce(0) { $0 + ($1 == end ? 1 : 0) } }
        return counts[0] > counts[1] ? EBCDIC.lineEnds[0] : EBCDIC.lineEnds[1]
    }

    /// How many bytes are letters and digits of ASCII, of EBCDIC, and blanks of each. No byte is a letter or digit of both, and
    /// letters of ASCII that are slashes, commas or colons of EBCDIC count for neither.
    private var alphabets: (ascii: Int, ebcdic: Int, asciiBlanks: Int, ebcdicBlanks: Int) {
        var counts = (ascii: 0, ebcdic: 0, asciiBlanks: 0, ebcdicBlanks: 0)
        for byte in head {
            switch byte {
            case 0x61, 0x6B, 0x7A: break
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: counts.ascii += 1
            case 0x81...0x89, 0x91...0x99, 0xA2...0xA9, 0xC1...0xC9, 0xD1...0xD9, 0xE2...0xE9, 0xF0...0xF9: counts.ebcdic += 1
            case 0x20: counts.asciiBlanks += 1
            case 0x40: counts.ebcdicBlanks += 1
            default: break
            }
        }
        return counts
    }

    private func refuseASCII() throws {
        let counts = alphabets
        guard counts.ascii >= 8, counts.ascii > 3 * counts.ebcdic else { return }
        throw FeedError.notText(
            found: "looks like ASCII text, but feed.encoding is '\(pinned.rawValue)'",
            advice: "set feed.encoding = \"utf-8\" or \"windows-1252\"")
    }

    /// Refuses a file that is EBCDIC: most of its letters, digits and blanks are, and it is not UTF-8.
    private func refuseEBCDIC() throws {
        let counts = alphabets
        guard counts.ebcdic >= 8, counts.ebcdic > 4 * counts.ascii, counts.ebcdic + counts.ebcdicBlanks > 10 * counts.asciiBlanks,
            (counts.ebcdic + counts.ebcdicBlanks) * 2 >= head.count,
            head.withUnsafeBufferPointer({ head in head.baseAddress.flatMap { UTF8Check.firstInvalid($0, count: head.count - 3) } }) != nil
        else { return }
        throw FeedError.notText(
            found: "looks like EBCDIC (its letters, digits and blanks are), but feed.encoding is '\(pinned.rawValue)'",
            advice: "set feed.encoding = \"cp037\"")
    }

    private var notUTF16: FeedError {
        .notText(
            found: "is not UTF-16 (it has no byte order mark and no NUL bytes), but feed.encoding is '\(pinned.rawValue)'",
            advice: "set feed.encoding = \"utf-8\" or \"windows-1252\"")
    }

    /// Refuses a file in which most lines are not UTF-8 and no character of several bytes is.
    private func refuseOtherBytes() throws {
        var lines = 1
        var badLines = 0
        var isBad = false
        var firstBad: Int?
        head.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            var i = 0
            while i < bytes.count {
                let byte = bytes[i]
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                    if isBad { badLines += 1 }
                    isBad = false
                    if byte == UInt8(ascii: "\n") || (i + 1 < bytes.count && bytes[i + 1] != UInt8(ascii: "\n")) { lines += 1 }
                } else if byte >= 0x80 {
                    let length = UTF8Check.sequenceLength(base + i, count: bytes.count - i)
                    if length > 1 {
                        i += length
                        continue
                    }
                    // The last bytes may be a character cut by the end of what was looked at.
                    if bytes.count - i >= 4 || bytes.count < Self.headBytes {
                        isBad = true
                        if firstBad == nil { firstBad = i }
                    }
                }
                i += 1
            }
            if isBad { badLines += 1 }
        }
        guard let firstBad, badLines >= 3, badLines * 2 > lines else { return }
        throw FeedError.notText(
            found: "is not UTF-8: \(badLines) of its first \(lines) lines have other bytes, the first 0x"
                + "\(String(head[firstBad], radix: 16, uppercase: true)) at byte \(firstBad)",
            advice: "set feed.encoding = \"windows-1252\"")
    }
}
