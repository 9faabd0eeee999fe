import Feeds
import Testing

@Suite("Splitting rows and cells")
struct SplittingTests {
    @Test("LF, CRLF and CR all end a row, and so does the end of the file", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let reading = try read("a,b\(end)1,2\(end)3,4")
        #expect(reading.cells == [["1", "2"], ["3", "4"]])
        #expect(reading.rows.map(\.lines) == [2...2, 3...3])
    }

    @Test("quotes hold delimiters, line ends, tabs and doubled quotes")
    func quotedCells() throws {
        let reading = try read("a,b\n\"x, y\",\"one\ntwo\r\n\tthree\"\n\"say \"\"hi\"\"\",\"\"\n")
        #expect(reading.cells == [["x, y", "one\ntwo\r\n\tthree"], ["say \"hi\"", ""]])
        #expect(reading.rows.map(\.lines) == [2...4, 5...5])
    }

    @Test("a quote inside an unquoted cell is data")
    func bareQuote() throws {
        #expect(try read("a,b\nTIRE 15\",5'10\"\n").cells == [["TIRE 15\"", "5'10\""]])
    }

    @Test("spaces between a closing quote and the delimiter are dropped")
    func spacesAfterQuote() throws {
        #expect(try read("a,b\n\"x\"  ,\"y\" \n").cells == [["x", "y"]])
    }

    @Test("an inch mark inside a quoted cell is data when the cell plainly goes on")
    func inchMark() throws {
        #expect(try read("a,b\n\"TIRE 15\" RIM\",2\n").cells == [["TIRE 15\" RIM", "2"]])
    }

    @Test("text after a closing quote quarantines the row when the cell's end can't be told")
    func strayQuote() throws {
        let reading = try read("a,b\n\"x\"y,2\n3,4\n")
        #expect(reading.quarantined.map(\.code) == [.strayQuote])
        #expect(reading.quarantined.map(\.rawBytes) == [Array("\"x\"y,2".utf8)])
        #expect(reading.cells == [["3", "4"]])
    }

    @Test("a stray quote that leaves the row too short quarantines it")
    func strayQuoteShort() throws {
        let reading = try read("a,b,c\n1,\"O BRIEN,\"x\"\n")
        #expect(reading.quarantined.map(\.code) == [.strayQuote])
    }

    @Test("an unclosed quote costs one row, though the next row's quote seems to close it")
    func unclosedQuoteBeforeQuote() throws {
        let reading = try read("ro,name\n1,\"Vasquez Ros\n2,\"Prentiss, B\"\n3,\"Kowalski, G\"\n")
        #expect(reading.quarantined.map(\.code) == [.unclosedQuote])
        #expect(reading.quarantined.map(\.place.lineFrom) == [2])
        #expect(reading.quarantined.map(\.place.lineTo) == [2])
        #expect(reading.quarantined.map(\.place.byteOffset) == [8])
        #expect(reading.quarantined.map { String(decoding: $0.rawBytes, as: UTF8.self) } == ["1,\"Vasquez Ros"])
        #expect(reading.cells == [["2", "Prentiss, B"], ["3", "Kowalski, G"]])
        #expect(reading.rows.map(\.lines) == [3...3, 4...4])
    }

    @Test("an unclosed quote costs one row when no quote follows to the end of the file")
    func unclosedQuoteToEnd() throws {
        let reading = try read("ro,name\n1,\"Vasquez\n2,b\n3,c")
        #expect(reading.quarantined.map(\.place.lineFrom) == [2])
        #expect(reading.cells == [["2", "b"], ["3", "c"]])
    }

    @Test("an unclosed quote costs one row when an inch mark lines later seems to close it")
    func unclosedQuoteBeforeInchMark() throws {
        let reading = try read("ro,a,b,c\n1,\"x,1,2\n2,y,3,4\n3,5,RIM 15\",6\n")
        #expect(reading.quarantined.map(\.code) == [.unclosedQuote])
        #expect(reading.cells == [["2", "y", "3", "4"], ["3", "5", "RIM 15\"", "6"]])
        let sameColumn = try read("ro,a,b,c,d,e,f,g\n1,\"x,1,2,3,4,5,6\n2,y,1,2,3,4,5,6\n3,RIM 15\",1,2,3,4,5,6\n")
        #expect(sameColumn.quarantined.map(\.place.lineFrom) == [2])
        #expect(sameColumn.cells.map { $0[1] } == ["y", "RIM 15\""])
    }

    @Test("a quoted cell over more lines or bytes than allowed counts as unclosed")
    func quotedCellLimits() throws {
        var limits = FeedLimits()
        limits.quotedCellLines = 2
        #expect(try read("a\n\"1\n2\n3\"\n", limits: limits).cells == [["1\n2\n3"]])
        let overLines = try read("a\n\"1\n2\n3\n4\"\n", limits: limits)
        #expect(overLines.quarantined.map(\.place.lineFrom) == [2])
        #expect(overLines.cells == [["2"], ["3"], ["4\""]])
        limits = FeedLimits()
        limits.quotedCellBytes = 8
        let overBytes = try read("a,b\n\"123456789\",x\ny,z\n", limits: limits)
        #expect(overBytes.quarantined.map(\.code) == [.unclosedQuote])
        #expect(overBytes.cells == [["y", "z"]])
    }

    @Test("the last line is quarantined when its quote is open at the end of the file")
    func unclosedLastLine() throws {
        let reading = try read("a,b\n1,2\n3,\"4")
        #expect(reading.quarantined.map(\.code) == [.unclosedQuote])
        #expect(reading.cells == [["1", "2"]])
    }

    @Test("ragged rows are kept: missing cells read as blank, extra ones by position")
    func raggedRows() throws {
        let reader = FeedReader(format: FeedFormat(), source: MemoryByteSource(Array("a,b,c\n1\n1,2,3,\n1,2,3,4\n".utf8)))
        _ = try reader.open()
        guard case .group(let short)? = try reader.next() else { throw Missing() }
        #expect(short[0].cellCount == 1)
        #expect(short[0][2] == "")
        #expect(short[0].withCell(2) { $0.count } == 0)
        guard case .group(_)? = try reader.next(), case .group(let long)? = try reader.next() else { throw Missing() }
        #expect(long[0][3] == "4")
        while try reader.next() != nil {}
        #expect(reader.summary.shortRows == 1)
        #expect(reader.summary.rowsWithExtraCells == 1)
    }

    @Test("blank lines, rows of blank cells, and lines of NULs or Ctrl-Z are no rows")
    func blankRows() throws {
        let reading = try read("a,b\n\n1,2\n,\n  \n\"\",\n\u{0}\u{0}\n\u{1A}")
        #expect(reading.cells == [["1", "2"]])
        #expect(reading.summary.blankRows == 6)
    }

    @Test("any one ASCII character separates cells, and a feed may have no quotes", arguments: ["\t", "|", ";", "~"])
    func delimiters(delimiter: String) throws {
        let format = format {
            $0.delimiter = delimiter.utf8.first ?? 0
            $0.quote = nil
        }
        #expect(try read("a\(delimiter)b\n\"x\(delimiter)y\"\n", format).cells == [["\"x", "y\""]])
    }

    @Test("a row that is too long is quarantined with its beginning, and reading goes on")
    func longRow() throws {
        var limits = FeedLimits()
        limits.rowBytes = 100
        limits.keptRawBytes = 10
        let long = String(repeating: "x", count: 700_000)
        let reading = try read("a,b\n1,2\n\(long),y\n3,4\n", limits: limits)
        #expect(reading.quarantined.map(\.code) == [.rowTooLong])
        #expect(reading.quarantined.map(\.isTruncated) == [true])
        #expect(reading.quarantined.map(\.rawBytes) == [Array("xxxxxxxxxx".utf8)])
        #expect(reading.quarantined.map(\.place.byteOffset) == [8])
        #expect(reading.rows.map(\.byteOffset) == [4, 700_011])
        #expect(reading.rows.map(\.lines) == [2...2, 4...4])
    }

    @Test("a row with too many cells is quarantined")
    func tooManyColumns() throws {
        var limits = FeedLimits()
        limits.columns = 3
        let reading = try read("a,b\n1,2,3\n1,2,3,4\n5,6\n", limits: limits)
        #expect(reading.quarantined.map(\.code) == [.tooManyColumns])
        #expect(reading.cells == [["1", "2", "3"], ["5", "6"]])
    }
}

/// A test's record that should have been there.
struct Missing: Error {}
