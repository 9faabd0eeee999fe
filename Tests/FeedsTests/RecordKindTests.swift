import Feeds
import Foundation
import Testing

@Suite("Several kinds of record")
struct RecordKindTests {
    static let comments = format {
        $0.records = [
            .init(name: "H", columns: ["T", "RO", "CLOSED", "LAST", "FIRST", "PHONE", "EMAIL", "VIN", "YEAR", "MAKE", "MODEL", "MILES"]),
            .init(name: "L", columns: ["T", "RO", "LINE", "OP", "DESC", "PRICE"]),
            .init(name: "C", columns: ["T", "RO", "LINE", "PART", "TEXT"]),
            .init(name: "T", columns: ["T", "RO", "TOTAL"]),
        ]
    }

    static func sample() throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "09_comment_lines", withExtension: "txt", subdirectory: "Fixtures"))
        return try Array(Data(contentsOf: url))
    }

    @Test("rows of four kinds come together by repair order, and each knows its kind", arguments: [1, 3, 64 << 10])
    func sample(chunkBytes: Int) throws {
        let bytes = try Self.sample()
        var byKey = Self.comments
        byKey.groupBy = ["RO"]
        let reader = FeedReader(format: byKey, source: MemoryByteSource(bytes))
        let header = try reader.open()
        #expect(reader.kinds.map(\.name) == ["H", "L", "C", "T"])
        #expect(reader.kinds[0].header == header)
        let reading = try read(bytes, byKey, chunkBytes: chunkBytes)
        #expect(reading.quarantined.isEmpty)
        let first = try #require(reading.groups.first)
        #expect(first.key == "609004")
        #expect(first.rows.map(\.kind) == [0, 1, 1, 2, 2, 2, 3])
        #expect(reading.groups.allSatisfy { $0.rows.first?.kind == 0 && $0.rows.last?.kind == 3 })
        #expect(reading.summary.shortRows == 0 && reading.summary.rowsWithExtraCells == 0)
        for row in reading.rows { #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw) }
        var begun = Self.comments
        begun.begins = "H"
        let again = try read(bytes, begun, chunkBytes: chunkBytes)
        #expect(again.groups.map(\.rows) == reading.groups.map(\.rows))
        #expect(again.groups.allSatisfy { $0.key.isEmpty })
    }

    static let small = format {
        $0.records = [.init(name: "H", columns: ["T", "RO"]), .init(name: "L", columns: ["T", "OP", "TEXT"])]
    }

    @Test("a row of no kind is quarantined with the kinds that there are")
    func unknown() throws {
        let reading = try read("H,1\n h ,2\n L ,x\n\"H\",3\nX\n", Self.small)
        #expect(reading.rows.map(\.kind) == [0, 1, 0])
        #expect(reading.quarantined.map(\.code) == [.unknownRecord, .unknownRecord])
        #expect(reading.quarantined[0].reason == "the record is of no kind that the feed has: 'H', 'L'")
        #expect(reading.quarantined.map(\.rawBytes) == [Array(" h ,2".utf8), Array("X".utf8)])
    }

    @Test("any cell may name the kind")
    func recordType() throws {
        let reading = try read("1,H\n1,L,x\n", format {
            $0.records = [.init(name: "H", columns: ["RO", "T"]), .init(name: "L", columns: ["RO", "T", "OP"])]
            $0.recordType = 2
            $0.groupBy = ["RO"]
        })
        #expect(reading.groups.map { $0.rows.map(\.kind) } == [[0, 1]])
    }

    @Test("a repair order is its beginning record and those up to the next, in one reading")
    func begins() throws {
        var begun = Self.small
        begun.begins = "H"
        let source = CountingSource(Array("L,early\nH,1\nL,a\nX,?\nL,b\nH,2\nH,3\nL,c\n".utf8) + Array(String(repeating: "L,z\n", count: 200_000).utf8))
        var limits = FeedLimits()
        limits.groupRows = 3
        let reader = FeedReader(format: begun, source: source, limits: limits)
        _ = try reader.open()
        guard case .quarantined(let early)? = try reader.next() else { throw Missing() }
        #expect(early.code == .noBeginning)
        #expect(early.reason == "the record comes before any that begins a repair order, or after one that was put aside: 'H'")
        guard case .quarantined(let unknown)? = try reader.next(), case .group(let first)? = try reader.next() else { throw Missing() }
        #expect(unknown.code == .unknownRecord)
        #expect((0..<first.count).map { first[$0][1] } == ["1", "a", "b"])
        #expect(source.position < 600_000)
        guard case .group(let second)? = try reader.next() else { throw Missing() }
        #expect(second.count == 1)
        guard case .quarantined(let full)? = try reader.next() else { throw Missing() }
        #expect(full.code == .groupTooLarge)
    }

    @Test("what follows a beginning that was put aside is no part of the repair order before it")
    func badBeginning() throws {
        var begun = Self.small
        begun.begins = "H"
        let reading = try read(Array("H,1\nL,a\nH,".utf8) + [0xFA] + Array("\nL,b\nH,3\nL,\"c\"x,y\nL,d\n".utf8), begun)
        #expect(reading.groups.map { $0.rows.map { $0.cells[1] } } == [["1", "a"], ["3", "d"]])
        #expect(reading.quarantined.map(\.code) == [.badEncoding, .noBeginning, .strayQuote])
    }

    @Test("a quote that is not closed costs one row, though rows are of several widths")
    func unclosedQuote() throws {
        let reading = try read("H,1\nL,a,\"TIRE\nL,b,x\nL,c,\"two\nlines, and, more\"\nH,2\n", Self.small)
        #expect(reading.quarantined.map(\.place.lineFrom) == [2])
        #expect(reading.cells == [["H", "1"], ["L", "b", "x"], ["L", "c", "two\nlines, and, more"], ["H", "2"]])
    }

    @Test("fixed records are of the first kind whose pictures all stand in them")
    func fixedKinds() throws {
        let kinds = format {
            $0.kind = .fixed
            $0.records = [
                .init(name: "header", places: [.init("RO", 2, 6), .init("NAME", 9, 10)], match: [.init(at: 1, "H######")]),
                .init(name: "line", places: [.init("OP", 3, 4)], match: [.init(at: 1, "L"), .init("L @@")]),
            ]
            $0.groupBy = ["RO"]
            $0.fillDown = true
        }
        let reading = try read("L MPI\nH611001 BHATT\nL LOF\nL 123\nH61100X\nH611002 O'BRIEN\nL BRKR\nH611001\nL ROT\n", kinds)
        #expect(reading.groups.map(\.key) == ["611001", "611002"])
        #expect(reading.groups.map { $0.rows.map(\.cells) } == [[["611001", "BHATT"], ["LOF"], ["611001", ""], ["ROT"]], [["611002", "O'BRIEN"], ["BRKR"]]])
        #expect(reading.quarantined.map(\.code) == [.noGroupKey, .unknownRecord, .unknownRecord])
        #expect(reading.quarantined.map(\.place.lineFrom) == [1, 4, 5])
    }
}

@Suite("Cells filled from above")
struct FillDownTests {
    let filled = format {
        $0.groupBy = ["RO"]
        $0.fillDown = true
    }

    @Test("a row whose key is blank belongs to the repair order of the row above", arguments: [1, 4, 1_000])
    func blankKeys(chunkBytes: Int) throws {
        let reading = try read(Array("RO,op\n,early\nA,1\n,2\n \nB,3\n\"\",4\nA,5\n,6\n".utf8), filled, chunkBytes: chunkBytes)
        #expect(reading.groups.map(\.key) == ["A", "B"])
        #expect(reading.groups.map { $0.rows.map { $0.cells[1] } } == [["1", "2", "5", "6"], ["3", "4"]])
        #expect(reading.groups[0].rows[1].cells[0] == "")
        #expect(reading.quarantined.map(\.code) == [.noGroupKey])
    }

    @Test("each of several keys is filled by itself")
    func severalKeys() throws {
        let reading = try read("store,RO\n1,A\n,B\n2,\n", format {
            $0.groupBy = ["store", "RO"]
            $0.fillDown = true
        })
        #expect(reading.groups.map(\.key) == ["1\u{1F}A", "1\u{1F}B", "2\u{1F}B"])
    }

    @Test("rows below one that was put aside belong to it when its key was read, and to nobody when it was not")
    func belowBadRows() throws {
        let readable = try read(Array("RO,op\nA,1\nB,".utf8) + [0xFA] + Array("\n,2\n".utf8), filled)
        #expect(readable.groups.map(\.key) == ["A", "B"])
        let unreadable = try read(Array("RO,op\nA,1\n\"B\"x,3\n,2\nC,4\n,5\n".utf8), filled)
        #expect(unreadable.groups.map(\.key) == ["A", "C"])
        #expect(unreadable.quarantined.map(\.code) == [.strayQuote, .noGroupKey])
    }
}
