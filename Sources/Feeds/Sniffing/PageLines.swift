/// Lines of a report that come again on every page: titles, dates, page numbers, headings.
struct PageLines {
    /// The places of all such lines, counted from 0.
    private(set) var places: Set<Int> = []
    /// What to skip, and the lines as they first stood.
    private(set) var pictures: [FeedFormat.Picture] = []
    private(set) var examples: [[UInt8]] = []
    private(set) var period = 0

    init(_ lines: [[UInt8]]) {
        var seen: [[UInt8]: [Int]] = [:]
        for (place, line) in lines.enumerated() where line.contains(where: { $0 != 0x20 }) {
            seen[Self.shape(line), default: []].append(place)
        }
        // The same line at the same distance, over and over.
        var byGap: [Int: [[Int]]] = [:]
        for places in seen.values where places.count > 1 {
            let gaps = zip(places, places.dropFirst()).map { $1 - $0 }
            let counts = Dictionary(grouping: gaps) { $0 }.mapValues(\.count)
            guard let mode = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), mode.key >= 6, mode.value * 10 >= gaps.count * 7 else { continue }
            byGap[mode.key, default: []].append(places)
        }
        // Several such lines, or one that is met three times: two alike at any distance may be chance.
        let candidates = byGap.filter { $0.value.count > 1 || $0.value[0].count > 2 }
        guard let best = candidates.max(by: { ($0.value.reduce(0) { $0 + $1.count }, $1.key) < ($1.value.reduce(0) { $0 + $1.count }, $0.key) }) else { return }
        period = best.key
        let headings = best.value.filter { Self.isHeading(lines[$0[0]]) }.map { $0[0] }.sorted()
        guard let first = headings.first, let last = headings.last else { return }
        for found in best.value.sorted(by: { $0[0] < $1[0] }) {
            let line = lines[found[0]]
            // What stands between headings belongs to them, as the day of the run; the records that follow don't.
            guard Self.isHeading(line) || (first...last).contains(found[0]) && last - first < period / 2 else { continue }
            places.formUnion(found)
            examples.append(line)
            let picture = Self.picture(of: line)
            if !pictures.contains(picture) { pictures.append(picture) }
        }
    }

    /// Page numbers and days change; the rest stays.
    private static func shape(_ line: [UInt8]) -> [UInt8] {
        var shape: [UInt8] = []
        for byte in line {
            let plain = ValueLook.isDigit(byte) ? UInt8(ascii: "#") : byte
            if plain == 0x20 || plain == UInt8(ascii: "#"), shape.last == plain { continue }
            shape.append(plain)
        }
        return shape
    }

    /// Words or a ruled line, and few figures: a record is mostly figures.
    private static func isHeading(_ line: [UInt8]) -> Bool {
        let written = line.filter { $0 != 0x20 }
        return ValueLook.digits(line) * 3 < written.count
    }

    static func picture(of line: [UInt8]) -> FeedFormat.Picture {
        let first = line.firstIndex { $0 != 0x20 } ?? 0
        var text: [UInt8] = []
        for byte in line[first...].prefix(24) {
            if ValueLook.isDigit(byte), text.count > 3 { break }
            text.append(ValueLook.isDigit(byte) ? UInt8(ascii: "#") : "#@?".utf8.contains(byte) ? UInt8(ascii: "?") : byte)
        }
        while text.last == 0x20 { text.removeLast() }
        return FeedFormat.Picture(ColumnProfile.text(text))
    }
}
