public import Feeds

/// An export to which something has happened on its way: cut, flipped, pasted together, spliced.
public struct DamagedExport: Sendable {
    public private(set) var name: String
    public private(set) var bytes: [UInt8]
    public private(set) var format: FeedFormat
    public private(set) var limits = FeedLimits()

    init(of samples: [FeedSample], using random: inout FuzzRandom) {
        let sample = samples.randomElement(using: &random) ?? FeedSample.all[0]
        format = sample.format
        name = sample.name
        let encodings: [FeedFormat.Encoding] = [.utf8, .utf8, .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian, .windows1252, .latin1]
        format.encoding = encodings.randomElement(using: &random) ?? .utf8
        if Bool.random(using: &random) { format.groupBy = [] }
        if Int.random(in: 0..<4, using: &random) == 0, format.kind == .csv, format.encoding == .utf8 { format.fallbackEncoding = .latin1 }
        bytes = Self.encode(sample.text, format.encoding)
        name += ", \(format.encoding.rawValue)"
        for _ in 0..<[0, 1, 1, 1, 2, 2, 3, 5, 8].randomElement(using: &random)! where !bytes.isEmpty { damage(using: &random) }
        if Int.random(in: 0..<3, using: &random) == 0 {
            limits.rowBytes = Int.random(in: 8...80, using: &random)
            limits.treeBytes = Int.random(in: 8...200, using: &random)
            limits.quotedCellBytes = Int.random(in: 4...40, using: &random)
            limits.keptRawBytes = Int.random(in: 1...30, using: &random)
            limits.columns = Int.random(in: 2...5, using: &random)
            limits.groupRows = Int.random(in: 1...3, using: &random)
            name += ", limited"
        }
    }

    private mutating func damage(using random: inout FuzzRandom) {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let other = Int.random(in: at..<bytes.count, using: &random)
        let length = min(bytes.count - at, [1, 1, 2, 5, 20, 100].randomElement(using: &random)!)
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            bytes.removeLast(bytes.count - at)
            name += ", cut at \(at)"
        case 1, 2, 3:
            bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            name += ", flipped at \(at)"
        case 4:
            let marks: [UInt8] = Array("\"'<>/{}[],:\\&!?-]\n\r \u{0}\u{1A}".utf8) + [0xFF, 0xC3, 0xEF]
            bytes[at] = marks.randomElement(using: &random)!
            name += ", changed at \(at)"
        case 5:
            bytes.removeSubrange(at..<at + length)
            name += ", \(length) lost at \(at)"
        case 6:
            bytes.insert(contentsOf: bytes[at..<at + length], at: other)
            name += ", \(length) of \(at) again at \(other)"
        case 7:
            bytes += bytes[at...]
            name += ", pasted from \(at)"
        case 8:
            let marks = ["<RO>", "</RO>", "<!--", "-->", "<![CDATA[", "]]>", "<?", "\"", "{\"id\"", "]", "}", "\n", "\u{0}\u{0}", "<x", "</L>", "\r\n\r\n", "\\"]
            bytes.insert(contentsOf: Self.encode(marks.randomElement(using: &random)!, format.encoding == .utf16 ? .utf16LittleEndian : format.encoding), at: at)
            name += ", a mark at \(at)"
        default:
            for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count < 20_000 { bytes += bytes }
            name += ", doubled"
        }
    }

    private static func encode(_ text: String, _ encoding: FeedFormat.Encoding) -> [UInt8] {
        switch encoding {
        case .utf8, .cp037, .cp500: Array(text.utf8)
        case .utf16: [0xFF, 0xFE] + encode(text, .utf16LittleEndian)
        case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .latin1, .windows1252: text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        }
    }
}
