import Feeds
import Foundation
import Testing

@Suite("Sniffing: any bytes at all")
struct SniffRobustnessTests {
    @Test("an empty file, blanks alone and binary kinds are told in words")
    func refused() throws {
        let cases: [([UInt8], [String])] = [
            ([], ["empty"]), (Array(" \r\n\n".utf8), ["empty"]), ([0xEF, 0xBB, 0xBF, 0x0A], ["empty"]), ([0x50, 0x4B, 0x03, 0x04, 0x14], [".xlsx", "save the workbook as CSV"]),
            ([0x1F, 0x8B, 0x08, 0], ["gzip", "gunzip"]), (Array("%PDF-1.7\n".utf8), ["PDF", "as text"]), ([0xD0, 0xCF, 0x11, 0xE0, 1], [".xls"]),
            ((0..<400).map { UInt8($0 % 7) }, ["binary"]),
        ]
        for (bytes, words) in cases {
            let error = #expect(throws: FeedError.self) { try sniff(bytes) }
            for word in words { #expect(error?.description.contains(word) == true, "\(error?.description ?? "")") }
        }
    }

    @Test(
        "files of one line or one cell have an answer",
        arguments: ["x", "RO", "RO,CLOSED", "1", "{}", "[]", "<a/>", "<", "{", "[1,2", "\"", "\"a\nb", "a\tb", "RO\n1\n", "{\"ro\": 1}", ",,,\n,,", "<a><b></a>"])
    func small(text: String) throws {
        let found = try sniff(text)
        #expect(!found.findings.isEmpty)
        #expect(throws: Never.self) { try found.format.validate() }
    }

    @Test("samples with flipped, cut and doubled bytes have an answer or an error in words", arguments: 0..<4)
    func damaged(part: UInt64) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("sniffing damaged samples, seed \(seed)")
        var random = Seeded(state: seed &+ part)
        let exports = SniffExports.all.map { Array($0.prefix(1_000)) }
        for number in 0..<500 {
            var bytes = exports[number % exports.count]
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...200, using: &random)))
                case 3: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + Int.random(in: 1...200, using: &random))], at: at)
                default: bytes.insert("<>{}[]\",\n&;|\\".utf8.randomElement(using: &random) ?? 0, at: at)
                }
                if bytes.isEmpty { bytes = [0x41] }
            }
            do {
                let found = try sniff(bytes)
                try found.format.validate()
            } catch let error as FeedError {
                #expect(!error.description.isEmpty)
            } catch {
                Issue.record("seed \(seed), part \(part), case \(number): \(error)")
            }
        }
    }

    @Test("only the beginning of a large file is looked at")
    func large() throws {
        let row = Array("1001,03/31/2026,\"LOPEZ, MARIA\",(312) 555-0142,REAR BRAKES,412.50\n".utf8)
        var bytes = Array("RO,CLOSED,CUST,CELL,DESC,EST\n".utf8)
        for _ in 0..<10_000 { bytes += row }
        var sniffer = FeedSniffer()
        sniffer.mostBytes = 100_000
        let found = try sniffer.sniff(MemoryByteSource(bytes, chunkBytes: 977), fileBytes: bytes.count)
        #expect(found.sniffedBytes == 100_000)
        #expect(found.fileBytes == bytes.count)
        #expect(found.kinds[0].count < 2_000)
        #expect(found.column("CUST")?.distinct == 1)
    }

    @Test("a cut in a character, a row or an element does no harm")
    func cuts() throws {
        for export in SniffExports.all {
            for most in stride(from: 3_001, to: 3_009, by: 1) {
                var sniffer = FeedSniffer()
                sniffer.mostBytes = most
                let found = try sniffer.sniff(MemoryByteSource(export), fileBytes: export.count)
                #expect(found.columns.count > 1)
            }
        }
    }
}

private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
