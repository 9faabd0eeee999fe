import Feeds
import Testing

/// The cases of csv-spectrum (https://github.com/maxogden/csv-spectrum) and of RFC 4180, section 2, in words of our own.
@Suite("CSV as others write it")
struct CSVConformanceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let header: [String]
        let rows: [[String]]

        init(_ name: String, _ text: String, _ header: [String], _ rows: [[String]]) {
            (self.name, self.text, self.header, self.rows) = (name, text, header, rows)
        }

        var testDescription: String { name }
    }

    static let spectrum = [
        Case("comma in quotes", "first,last,address\nJohn,Doe,\"120 any st., Anytown\"\n", ["first", "last", "address"], [["John", "Doe", "120 any st., Anytown"]]),
        Case("empty", "a,b,c\n1,\"\",\"\"\n2,3,4\n", ["a", "b", "c"], [["1", "", ""], ["2", "3", "4"]]),
        Case("empty, CRLF", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", ["a", "b", "c"], [["1", "", ""], ["2", "3", "4"]]),
        Case("escaped quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", ["a", "b"], [["1", "ha \"ha\" ha"], ["3", "4"]]),
        Case("JSON in a cell", "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n", ["key", "val"], [["1", "{\"type\": \"Point\", \"at\": [102.0, 0.5]}"]]),
        Case("newlines in quotes", "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n", ["a", "b", "c"], [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]),
        Case(
            "newlines in quotes, CRLF", "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n", ["a", "b", "c"],
            [["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]]),
        Case("quotes and newlines", "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", ["a", "b"], [["1", "ha \n\"ha\" \nha"], ["3", "4"]]),
        Case("simple", "a,b,c\n1,2,3\n", ["a", "b", "c"], [["1", "2", "3"]]),
        Case("simple, CRLF", "a,b,c\r\n1,2,3\r\n", ["a", "b", "c"], [["1", "2", "3"]]),
        Case("UTF-8", "a,b,c\n1,2,3\n4,5,ʤ\n", ["a", "b", "c"], [["1", "2", "3"], ["4", "5", "ʤ"]]),
    ]

    static let rfc4180 = [
        Case("1: each record on a line of its own", "f,g,h\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", ["f", "g", "h"], [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        Case("2: the last line may have no end", "f,g,h\r\naaa,bbb,ccc\r\nzzz,yyy,xxx", ["f", "g", "h"], [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        Case("3: a header in the form of a record", "field_name,field_name,other\r\naaa,bbb,ccc\r\n", ["field_name", "field_name#2", "other"], [["aaa", "bbb", "ccc"]]),
        Case("4: blanks belong to a cell", "f,g,h\r\n aaa ,b b, ccc\r\n", ["f", "g", "h"], [[" aaa ", "b b", " ccc"]]),
        Case("5: cells may be quoted", "f,g,h\r\n\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx\r\n", ["f", "g", "h"], [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
        Case("6: line ends, quotes and commas are quoted", "f,g,h\r\n\"aaa\",\"b\r\nbb\",\"c,c\"\r\nzzz,yyy,xxx\r\n", ["f", "g", "h"], [["aaa", "b\r\nbb", "c,c"], ["zzz", "yyy", "xxx"]]),
        Case("7: a quote inside is doubled", "f,g,h\r\n\"aaa\",\"b\"\"bb\",\"ccc\"\r\n", ["f", "g", "h"], [["aaa", "b\"bb", "ccc"]]),
    ]

    @Test("csv-spectrum and RFC 4180 read as they say, in any chunks", arguments: spectrum + rfc4180)
    func reads(example: Case) throws {
        for chunkBytes in [1, 3, 1_000] {
            let reading = try read(Array(example.text.utf8), chunkBytes: chunkBytes)
            #expect(reading.header.columns == example.header)
            #expect(reading.cells.map { $0.map { Array($0.utf8) } } == example.rows.map { $0.map { Array($0.utf8) } })
            #expect(reading.quarantined.isEmpty)
        }
    }
}
