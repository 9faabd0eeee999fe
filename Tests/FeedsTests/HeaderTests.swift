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
}
