import Feeds
import Testing

/// A generator with a seed, so that a failure can be had again (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

/// A table, a dialect, and the file that one writes of the other.
struct RandomTable {
    let format: FeedFormat
    let rows: [[String]]
    let bytes: [UInt8]

    init(using random: inout SeededGenerator) {
        var format = FeedFormat()
        format.delimiter = ",;|\t~".utf8.randomElement(using: &random) ?? 0
        format.quote = "\"'".utf8.randomElement(using: &random)
        format.encoding = FeedFormat.Encoding.allCases.randomElement(using: &random) ?? .utf8
        let width = Int.random(in: 2...6, using: &random)
        let columns = (1...width).map { "col\($0)" }
        let keys = Int.random(in: 1...8, using: &random)
        if Bool.random(using: &random) { format.groupBy = [columns[0]] }
        var pieces = ["a", "B", "7", " ", ",", ";", "|", "\t", "~", "\"", "'", "\"\"", "\n", "\r\n", "\r", "é", "ñ", "x y", "0"]
        if ![.latin1, .windows1252, .cp037, .cp500].contains(format.encoding) { pieces += ["🚗", "€", "字"] }
        let rows = (0..<Int.random(in: 0...40, using: &random)).map { _ in
            ["k\(Int.random(in: 0..<keys, using: &random))"]
                + (1..<width).map { _ in
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                }
        }
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let quotesAll = Bool.random(using: &random)
        let delimiter = String(UnicodeScalar(format.delimiter))
        let quote = String(UnicodeScalar(format.quote ?? 0))
        func written(_ cell: String) -> String {
            let special = [delimiter, quote, "\n", "\r"].contains { mark in
                cell.unicodeScalars.contains { mark.unicodeScalars.contains($0) }
            }
            guard quotesAll || special else { return cell }
            var inside = ""
            for scalar in cell.unicodeScalars {
                inside.unicodeScalars.append(scalar)
                if quote.unicodeScalars.contains(scalar) { inside.unicodeScalars.append(scalar) }
            }
            return quote + inside + quote
        }
        let lines = ([columns] + rows).map { $0.map(written).joined(separator: delimiter) }
        let last = Bool.random(using: &random) ? end : ""
        self.format = format
        self.rows = rows
        bytes = encode(lines.joined(separator: end) + last, format.encoding)
    }
}

extension FeedFormat {
    /// Makes it a layout of fixed places, or one of several kinds, that most bytes are odd in.
    mutating func vary(using random: inout SeededGenerator) {
        header = .firstRow
        fillDown = !groupBy.isEmpty && Bool.random(using: &random)
        if Bool.random(using: &random) { skip = [Picture("1"), Picture(at: 2, "#")] }
        let isSeveral = Bool.random(using: &random)
        if Bool.random(using: &random) {
            kind = .fixed
            let places = [FixedColumn("k", 1, 2), FixedColumn("v", 4, 3)]
            if isSeveral {
                records = [RecordKind(name: "a", places: places, match: [Picture("a")]), RecordKind(name: "b", places: [places[1]], match: [Picture(at: 2, "@")])]
            } else {
                self.places = places
            }
            if Bool.random(using: &random) && ![.utf16, .utf16LittleEndian, .utf16BigEndian].contains(encoding) { recordBytes = 7 }
        } else {
            records = [RecordKind(name: "a", columns: ["k", "v"]), RecordKind(name: "b", columns: ["t", "v"])]
        }
        if !records.isEmpty && groupBy.isEmpty && Bool.random(using: &random) { begins = "a" }
    }
}

/// Records at fixed places, and the file that one writes of them.
struct RandomLayout {
    let format: FeedFormat
    let rows: [[String]]
    let bytes: [UInt8]

    init(using random: inout SeededGenerator) {
        var format = FeedFormat()
        format.kind = .fixed
        format.encoding = FeedFormat.Encoding.allCases.randomElement(using: &random) ?? .utf8
        let isSingleByte = [.latin1, .windows1252, .cp037, .cp500].contains(format.encoding)
        var first = Int.random(in: 1...3, using: &random)
        for number in 1...Int.random(in: 2...6, using: &random) {
            let length = number == 1 ? 2 : Int.random(in: 1...7, using: &random)
            format.places.append(.init("col\(number)", first, length))
            first += length + Int.random(in: 0...2, using: &random)
        }
        let width = first - 1
        if Bool.random(using: &random) { format.groupBy = ["col1"] }
        if isSingleByte && Bool.random(using: &random) { format.recordBytes = width }
        let pieces = ["a", "B", "7", "x y", ",", "\"", "é", "ñ"] + (isSingleByte ? [] : ["🚗", "€", "字"])
        let places = format.places
        let rows = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            places.enumerated().map { position, place in
                if position == 0 { return "k\(Int.random(in: 0...8, using: &random))" }
                let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
                return String(text.prefix(place.length)).trimmingSpaces
            }
        }
        let end = format.recordBytes == nil ? ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n" : ""
        let trims = format.recordBytes == nil && Bool.random(using: &random)
        let lines = rows.map { row in
            var line = ""
            for (cell, place) in zip(row, places) {
                line += String(repeating: " ", count: place.first - 1 - line.count) + cell
            }
            return trims ? line : line + String(repeating: " ", count: width - line.count)
        }
        self.format = format
        self.rows = rows
        bytes = encode(lines.joined(separator: end) + end, format.encoding)
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

@Suite("Random tables")
struct RandomTableTests {
    @Test("a table written in any dialect is read back exactly, whatever the chunks")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("random tables, seed \(seed)")
        var random = SeededGenerator(state: seed)
        for number in 0..<400 {
            let table = RandomTable(using: &random)
            let chunkBytes = [1, 2, 3, 5, 64, 100_000].randomElement(using: &random) ?? 1
            let reading = try read(table.bytes, table.format, chunkBytes: chunkBytes)
            let label: Comment = "seed \(seed), table \(number), \(table.format)"
            var expected = table.rows
            if !table.format.groupBy.isEmpty {
                let order = table.rows.map { $0[0] }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                expected = order.flatMap { key in table.rows.filter { $0[0] == key } }
                #expect(reading.groups.map(\.key) == order, label)
            }
            try #require(reading.cells.map { $0.map(scalars) } == expected.map { $0.map(scalars) }, label)
            #expect(reading.quarantined.isEmpty, label)
            for row in reading.rows {
                #expect(Array(table.bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw, label)
            }
        }
    }

    @Test("records at fixed places are read back exactly, whatever the encoding and the chunks")
    func fixedPlaces() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("random layouts, seed \(seed)")
        var random = SeededGenerator(state: seed)
        for number in 0..<400 {
            let table = RandomLayout(using: &random)
            let chunkBytes = [1, 2, 3, 5, 64, 100_000].randomElement(using: &random) ?? 1
            let reading = try read(table.bytes, table.format, chunkBytes: chunkBytes)
            let label: Comment = "seed \(seed), layout \(number), \(table.format)"
            var expected = table.rows
            if !table.format.groupBy.isEmpty {
                let order = table.rows.map { $0[0] }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                expected = order.flatMap { key in table.rows.filter { $0[0] == key } }
            }
            try #require(reading.cells == expected, label)
            #expect(reading.quarantined.isEmpty, label)
            for row in reading.rows {
                #expect(Array(table.bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw, label)
            }
        }
    }

    @Test("any bytes at all are read to the end or refused, the same way in any chunks, and no row is lost or made up")
    func anyBytes() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("random bytes, seed \(seed)")
        var random = SeededGenerator(state: seed)
        let alphabet: [UInt8] = Array("ab1,,\"\"\n\n\r ".utf8) + [0, 0x0C, 0x1A, 0x15, 0x25, 0xFA, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF]
        for number in 0..<600 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            var format = FeedFormat()
            format.encoding = FeedFormat.Encoding.allCases.randomElement(using: &random) ?? .utf8
            format.header = .names(["k", "v"])
            if Bool.random(using: &random) { format.groupBy = ["k"] }
            if Bool.random(using: &random) { format.vary(using: &random) }
            var limits = FeedLimits()
            limits.rowBytes = Int.random(in: 20...200, using: &random)
            limits.quotedCellBytes = Int.random(in: 5...100, using: &random)
            let label: Comment = "seed \(seed), input \(number): \(bytes), \(format)"
            let whole = Result { () throws(FeedError) in try readRefusable(bytes, format, chunkBytes: Int.max, limits: limits) }
            for chunkBytes in [1, 3] {
                let again = Result { () throws(FeedError) in
                    try readRefusable(bytes, format, chunkBytes: chunkBytes, limits: limits)
                }
                #expect(again == whole, label)
            }
            guard case .success(let reading) = whole else { continue }
            for row in reading.quarantined where !row.isTruncated {
                let start = row.place.byteOffset
                #expect(Array(bytes[start..<start + row.rawBytes.count]) == row.rawBytes, label)
            }
            #expect(reading.summary.bytes == bytes.count, label)
            #expect(reading.summary.rows == reading.rows.count + reading.quarantined.count, label)
            for row in reading.rows {
                #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw, label)
            }
        }
    }

    private func readRefusable(
        _ bytes: [UInt8], _ format: FeedFormat, chunkBytes: Int, limits: FeedLimits
    ) throws(FeedError) -> Reading {
        do {
            return try read(bytes, format, chunkBytes: chunkBytes, limits: limits)
        } catch let error as FeedError {
            throw error
        } catch {
            preconditionFailure("a reading throws FeedError: \(error)")
        }
    }

    /// Text by scalars: to Swift, CR LF is one character and two spellings of é are equal.
    private func scalars(_ text: String) -> [UInt32] {
        text.unicodeScalars.map(\.value)
    }
}
