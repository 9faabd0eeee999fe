import Feeds
import Testing

@Suite("Headers")
struct HeaderTests {
    static let report = "Northside Motors,,\n\nClosed ROs,\nRO,Closed,Name\n1,2026-02-03,x\nRO,Closed,Name\n2,2026-02-04,y\n"

    @Test("the first row that is not blank names the columns")
    func firstRow() throws {
        let reading = try read("\n , \n RO ,Closed\n1,2\n")
        #expect(reading.header.columns == ["RO", "Closed"])
        #expect(reading.header.line == 3)
        #expect(reading.header.rawBytes == Array(" RO ,Closed".utf8))
        #expect(reading.header.index(of: "Closed") == 1)
        #expect(reading.header.index(of: "Closd") == nil)
    }

    @Test("a line number or the cells to find point at a header below a preamble; its repetitions are dropped")
    func preamble() throws {
        for header in [FeedFormat.Header.line(4), .find(["RO", "Closed"])] {
            let reading = try read(Self.report, format { $0.header = header })
            #expect(reading.header.line == 4)
            #expect(reading.cells.map(\.first) == ["1", "2"])
            #expect(reading.summary.repeatedHeaders == 1)
        }
    }

    @Test("a header repeated with a byte order mark is dropped as well")
    func repeatedWithMark() throws {
        let reading = try read("\u{FEFF}a,b\r\n1,2\r\n\r\n\u{FEFF}a,b\r\n3,4\r\n")
        #expect(reading.cells == [["1", "2"], ["3", "4"]])
        #expect(reading.summary.repeatedHeaders == 1)
    }

    @Test("a file without a header takes its names from the format, and its first row is data")
    func names() throws {
        let reading = try read("1,2\n3,4\n", format { $0.header = .names(["a", "b"]) })
        #expect(reading.header.columns == ["a", "b"])
        #expect(reading.header.line == nil)
        #expect(reading.cells == [["1", "2"], ["3", "4"]])
    }

    @Test("a second column of one name is reached as Name#2, a blank one by its number")
    func duplicates() throws {
        let columns = try read("Name,Name,,Name#2,Name\n1,2,3,4,5\n").header.columns
        #expect(columns == ["Name", "Name#3", "column 3", "Name#2", "Name#4"])
        #expect(try read("Name,Name,\n1,2,3\n").header.columns == ["Name", "Name#2", "column 3"])
    }

    @Test("a file without rows has a header and no records")
    func headerOnly() throws {
        let reading = try read("a,b\n")
        #expect(reading.header.columns == ["a", "b"])
        #expect(reading.items.isEmpty)
    }

    @Test("an empty file, and one of blank lines, is refused", arguments: ["", "\n\n", " \r\n"])
    func empty(text: String) {
        #expect(throws: FeedError.empty) { try read(text) }
    }

    @Test("a column that the header lacks is named with a suggestion and what the header has")
    func missingColumn() {
        let error = #expect(throws: FeedError.self) { try read("RO#,Closed\n1,2\n", format { $0.groupBy = ["RO"] }) }
        #expect(
            error?.description
                == "feed.group_by names column 'RO', which the header does not have; did you mean 'RO#'?; it has 'RO#', 'Closed'")
        let order = #expect(throws: FeedError.self) { try read("RO,Closed\n1,2\n", format { $0.order = ["rev"] }) }
        #expect(order?.description.contains("feed.order names column 'rev'") == true)
    }

    @Test("a header that is one cell with another delimiter in it asks for that delimiter")
    func wrongDelimiter() {
        let error = #expect(throws: FeedError.self) { try read("RO;Closed;Name\n1;2;3\n", format { $0.groupBy = ["RO"] }) }
        #expect(error?.description.contains("is feed.delimiter \";\"?") == true)
    }

    @Test("a header that is not found is told with the row that comes nearest")
    func notFound() {
        let error = #expect(throws: FeedError.self) {
            try read("x\nRO,Closd,Name\n1,2,3\n", format { $0.header = .find(["RO", "Closed"]) })
        }
        #expect(
            error?.description
                == "no header row: none of the first 3 rows has all of 'RO', 'Closed'; "
                + "line 2 comes nearest and lacks 'Closed'; did you mean 'Closd'?")
        #expect(throws: FeedError.self) { try read("a\n1\n", format { $0.header = .line(9) }) }
    }

    @Test("a header that lacks a pinned column is refused with what is gone, what is new and what may have become of it")
    func changedHeader() throws {
        let pinned = format { $0.columns = ["RO", "CELL", "EMAIL"] }
        #expect(try read("EMAIL,RO,CELL,MORE\n1,2,3,4\n", pinned).cells.count == 1)
        let error = #expect(throws: FeedError.self) { try read("RO,CELL PHONE,EMAIL,TEXT OK\n1,2,3,4\n", pinned) }
        #expect(
            error?.description
                == "the header has changed: 'CELL' is gone; 'CELL PHONE', 'TEXT OK' are new; 'CELL' may be 'CELL PHONE' now; "
                + "mend feed.columns and the mapping, or have the old export sent")
        let delimiter = #expect(throws: FeedError.self) { try read("RO;CELL;EMAIL\n1;2;3\n", pinned) }
        #expect(delimiter?.description.contains("is feed.delimiter \";\"?") == true)
    }

    @Test("lines before the header that a picture fits are skipped, and so are headings and footings between rows")
    func skippedLines() throws {
        let reading = try read("# made by x\nRO,n\n1,a\n\u{0C}Page 2, \"y\n2,b\nTOTAL,2\n", format {
            $0.skip = [.init(at: 1, "#"), .init("Page ##"), .init("Page #,"), .init(at: 1, "TOTAL")]
                .filter { $0.at == nil || $0.text != "#" } + [.init(at: 1, "? made")]
        })
        #expect(reading.header.columns == ["RO", "n"])
        #expect(reading.cells == [["1", "a"], ["2", "b"]])
        #expect(reading.summary.skippedRows == 3)
        #expect(reading.quarantined.isEmpty)
    }

    @Test("UTF-16 with vertical bars and a header on every page reads as any other table")
    func pipesInUTF16() throws {
        let page = "RO|Closed|Name\r\n%1|02/03/26|Núñez, P\r\n%2|02/04/26|O'Brien \"Bob\"\r\n"
        let text = page.replacing("%", with: "1") + page.replacing("%", with: "2")
        for chunkBytes in [1, 2, 3, 1_000] {
            let reading = try read(encode(text, .utf16), format {
                $0.encoding = .utf16
                $0.delimiter = UInt8(ascii: "|")
                $0.quote = nil
                $0.groupBy = ["RO"]
            }, chunkBytes: chunkBytes)
            #expect(reading.groups.map(\.key) == ["11", "12", "21", "22"])
            #expect(reading.summary.repeatedHeaders == 1)
            #expect(reading.rows.first?.cells[2] == "Núñez, P")
        }
    }
}
