import Feeds

/// Reads damaged exports, whole and in small chunks, and looks for what is lost, made up or seen otherwise.
public final class FeedFuzzRun {
    public struct Finding: Sendable, CustomStringConvertible {
        public let number: UInt64
        public let description: String
    }

    /// How many readings ended in each way.
    public private(set) var endings: [String: Int] = [:]
    /// How many records were delivered, and how many put aside.
    public private(set) var records = 0
    public private(set) var quarantined = 0

    private let samples: [FeedSample]

    public init(samples: [FeedSample] = FeedSample.all) {
        self.samples = samples
    }

    /// Reads the case of that number; nil when all is well.
    public func run(_ number: UInt64) -> Finding? {
        var random = FuzzRandom(state: number &* 0x9E37_79B9_7F4A_7C15)
        let damaged = DamagedExport(of: samples, using: &random)
        let chunkBytes = [1, 2, 3, 7, 64, 1_000].randomElement(using: &random) ?? 1
        let whole = Seen(damaged, chunkBytes: Int.max)
        endings["\(damaged.format.kind.rawValue) \(whole.ending)", default: 0] += 1
        records += whole.records
        quarantined += whole.quarantined
        if let problem = whole.problem { return Finding(number: number, description: "\(damaged.name): \(problem)") }
        let again = Seen(damaged, chunkBytes: chunkBytes)
        if again.log != whole.log || again.ending != whole.ending {
            let at = zip(whole.log, again.log).enumerated().first { $1.0 != $1.1 }
            return Finding(
                number: number,
                description: """
                    \(damaged.name): chunks of \(chunkBytes) bytes make a difference: \(whole.log.count) \(whole.ending), \(again.log.count) \(again.ending)
                      \(at.map { "item \($0.offset): \($0.element.0)\n  \($0.element.1)" } ?? "at the end")
                    """)
        }
        return nil
    }

    /// The export of that number, to be looked at.
    public func export(_ number: UInt64) -> DamagedExport {
        var random = FuzzRandom(state: number &* 0x9E37_79B9_7F4A_7C15)
        return DamagedExport(of: samples, using: &random)
    }
}

/// What one reading yields, as text that can be compared.
private struct Seen {
    var log: [String] = []
    var ending = "read"
    var records = 0
    var quarantined = 0
    var problem: String?

    init(_ export: DamagedExport, chunkBytes: Int) {
        let reader = FeedReader(format: export.format, source: MemoryByteSource(export.bytes, chunkBytes: chunkBytes), limits: export.limits)
        do {
            log.append("\(try reader.open().columns)")
            var spans: [Range<Int>] = []
            while let record = try reader.next() {
                switch record {
                case .group(let group):
                    for position in 0..<group.count {
                        let row = group[position]
                        note(row.rawBytes, row.place, isWhole: true, in: export, &spans)
                        log.append("\(group.key) \((0..<row.cellCount).map { row[$0] })")
                    }
                    records += group.count
                case .quarantined(let row):
                    note(row.rawBytes, row.place, isWhole: !row.isTruncated, in: export, &spans)
                    log.append("\(row.code) \(row.reason)")
                    quarantined += 1
                }
            }
            check(reader, spans.sorted { $0.lowerBound < $1.lowerBound }, export)
        } catch let error as FeedError {
            // Which words follow differs by file; a change while reading can't be.
            ending = String("\(error)".prefix { $0 != ":" && $0 != ";" && $0 != "(" && !$0.isNumber && $0 != "'" })
            if error == .changedWhileReading { problem = "two readings differ" }
        } catch {
            problem = "threw \(error)"
        }
    }

    private mutating func note(_ raw: [UInt8], _ place: RecordPlace, isWhole: Bool, in export: DamagedExport, _ spans: inout [Range<Int>]) {
        log.append("\(place.lineFrom)-\(place.lineTo) @\(place.byteOffset) \(raw.count)")
        let end = place.byteOffset + raw.count
        if place.byteOffset < 0 || end > export.bytes.count || place.lineTo < place.lineFrom {
            problem = problem ?? "a record lies outside of the file: \(place), \(raw.count) bytes"
        } else if !export.bytes[place.byteOffset..<end].elementsEqual(raw) {
            problem = problem ?? "the bytes at \(place) are not those of the record"
        }
        if isWhole { spans.append(place.byteOffset..<end) }
    }

    private mutating func check(_ reader: FeedReader, _ spans: [Range<Int>], _ export: DamagedExport) {
        let summary = reader.summary
        if summary.rows != records + quarantined || summary.quarantined != quarantined {
            problem = problem ?? "\(summary.rows) rows were counted, \(records) delivered and \(quarantined) quarantined"
        }
        if summary.bytes != export.bytes.count { problem = problem ?? "\(summary.bytes) of \(export.bytes.count) bytes were read" }
        for (one, next) in zip(spans, spans.dropFirst()) where one.upperBound > next.lowerBound {
            problem = problem ?? "records at \(one) and \(next) overlap"
        }
        // A document of lines has nothing but blanks between its records.
        guard export.format.kind == .jsonLines, quarantined == 0 || spans.count == records + quarantined else { return }
        var last = 0
        for span in spans + [export.bytes.count..<export.bytes.count] {
            if let lost = export.bytes[last..<span.lowerBound].first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF && $0 < 0xFE }) {
                problem = problem ?? "byte \(lost) before \(span.lowerBound) is in no record"
            }
            last = span.upperBound
        }
    }
}

/// A generator with a seed (SplitMix64).
public struct FuzzRandom: RandomNumberGenerator {
    var state: UInt64

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
