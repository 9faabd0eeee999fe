/// Compares the beginning of a file with the layout that its format pins, and refuses the file when they plainly differ.
struct LayoutCheck {
    let format: FeedFormat
    let encoding: TextEncoding
    /// The beginning of the file, after a byte order mark.
    let head: ArraySlice<UInt8>

    /// How many lines are looked at.
    private static let mostLines = 20

    /// - Throws: ``FeedError/wrongLayout(found:advice:)``.
    func refuse() throws {
        switch format.kind {
        case .csv, .json, .jsonLines, .xml: return
        case .fixed: break
        }
        if let recordBytes = format.recordBytes { try refuseLines(recordBytes) } else { try refuseOtherLines() }
    }

    // MARK: Records of one length

    /// Refuses a file whose line ends stand as regularly as its records should, but at another distance.
    private func refuseLines(_ recordBytes: Int) throws {
        let ends: [UInt8] = format.encoding.isEBCDIC ? EBCDIC.lineEnds : [UInt8(ascii: "\n")]
        for end in ends {
            let places = head.indices.filter { head[$0] == end }.prefix(Self.mostLines).map { $0 - head.startIndex + 1 }
            guard places.count >= 4, let distance = places.first, distance > 1, recordBytes % distance != 0,
                zip(places, places.dropFirst()).allSatisfy({ $1 - $0 == distance })
            else { continue }
            throw FeedError.wrongLayout(
                found: "expected records of \(recordBytes) bytes, but every \(distance) bytes there is a line end",
                advice: "leave feed.record_bytes out, or set it to \(distance)")
        }
    }

    // MARK: Lines

    private func refuseOtherLines() throws {
        let lines = firstLines
        guard let first = lines.first else { return }
        let kinds = format.records.isEmpty ? [format.places] : format.records.map(\.places)
        let nearest = kinds.compactMap { $0.min { $0.first < $1.first } }.min { $0.first < $1.first }
        if let nearest, first.length < nearest.first {
            throw FeedError.wrongLayout(
                found: "line \(first.number) has \(first.length) characters, and the first column, '\(nearest.name)', begins at "
                    + "\(nearest.first)",
                advice: "if it is a heading, name it in feed.skip; otherwise the layout has changed")
        }
        let lasts = kinds.compactMap { $0.max { $0.first < $1.first } }
        guard let last = lasts.min(by: { $0.first < $1.first }), first.length < last.first, lines.count >= 3 else { return }
        for (delimiter, name) in [(",", "commas"), ("\t", "tabs"), ("|", "vertical bars"), (";", "semicolons")] as [(Unicode.Scalar, String)] {
            let delimiter = UInt8(ascii: delimiter)
            let counts = lines.map { line in line.text.reduce(0) { $0 + ($1 == delimiter ? 1 : 0) } }
            guard counts[0] >= 3, counts.allSatisfy({ $0 == counts[0] }) else { continue }
            throw FeedError.wrongLayout(
                found: "line \(first.number) has \(counts[0]) \(name), as those after it have, and is shorter than the place of column "
                    + "'\(last.name)' at \(last.first)",
                advice: "is this a CSV file? then set feed.format = \"csv\"")
        }
    }

    private struct Line {
        let number: Int
        let text: ArraySlice<UInt8>
        let length: Int
    }

    /// The first lines that are neither blank nor skipped; a line that the end of the head cuts is none.
    private var firstLines: [Line] {
        var decoder = TextDecoder(encoding: encoding)
        let text = [UInt8](unsafeUninitializedCapacity: TextDecoder.capacity(forRaw: head.count)) { output, count in
            guard let base = output.baseAddress, !head.isEmpty else { return }
            count = head.withUnsafeBytes { decoder.decode($0, to: base) }
        }
        let skips = format.skip.map(LinePicture.init)
        var lines: [Line] = []
        var number = 1
        var start = 0
        while start < text.count && lines.count < Self.mostLines {
            guard let end = text[start...].firstIndex(where: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
                ?? (head.count < EncodingCheck.headBytes / 2 ? text.count : nil)
            else { break }
            let line = text[start..<end].drop { $0 == 0x0C }
            let isSkipped = line.withUnsafeBufferPointer { line in skips.contains { $0.fits(line, isBytes: false) } }
            if !isSkipped && line.contains(where: { $0 > 0x20 }) {
                lines.append(Line(number: number, text: line, length: line.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }))
            }
            number += 1
            start = end + 1
            if end + 1 < text.count && text[end] == UInt8(ascii: "\r") && text[end + 1] == UInt8(ascii: "\n") { start += 1 }
        }
        return lines
    }
}
