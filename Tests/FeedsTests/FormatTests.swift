import Feeds
import Testing

@Suite("The feed table")
struct FormatTests {
    @Test("every setting is taken over, and what is left out keeps its default")
    func settings() throws {
        let format = try FeedFormat(settings: [
            "format": .text("csv"), "encoding": .text("utf-16le"), "delimiter": .text("\t"), "quote": .flag(false),
            "header": .table(["find": .list([.text("RO"), .text("Closed")])]), "group_by": .text("RO"),
            "order": .list([.text("rev"), .text("ts")]), "fold": .flag(true),
        ])
        #expect(format.encoding == .utf16LittleEndian)
        #expect(format.delimiter == 9)
        #expect(format.quote == nil)
        #expect(format.header == .find(["RO", "Closed"]))
        #expect(format.groupBy == ["RO"])
        #expect(format.order == ["rev", "ts"])
        #expect(format.fold)
        #expect(try FeedFormat(settings: [:]) == FeedFormat())
        #expect(try FeedFormat(settings: ["header": .number(4)]).header == .line(4))
        #expect(try FeedFormat(settings: ["header": .list([.text("a")])]).header == .names(["a"]))
    }

    @Test("a wrong setting is told in words, with what was meant where that can be told")
    func errors() {
        let cases: [([String: FeedSetting], String)] = [
            (["encoding": .text("utf8x")],
                "expected feed.encoding to be one of 'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'windows-1252', 'latin-1', 'cp037', 'cp500', "
                    + "got 'utf8x'; did you mean 'utf-8'?"),
            (["encoding": .number(8)],
                "expected feed.encoding to be one of 'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'windows-1252', 'latin-1', 'cp037', "
                    + "'cp500', got 8"),
            (["format": .text("xls")], "expected feed.format to be one of 'csv', 'fixed', 'json', 'jsonl', 'xml', got 'xls'; did you mean 'xml'?"),
            (["delimitr": .text(",")], "feed has no setting 'delimitr'; did you mean 'delimiter'?"),
            (["delimiter": .text("||")], "expected feed.delimiter to be one ASCII character, got '||'"),
            (["delimiter": .text("\"")], "expected feed.delimiter and feed.quote to differ, got the same character for both"),
            (["fold": .text("yes")], "expected feed.fold to be true or false, got 'yes'"),
            (["group_by": .flag(true)], "expected feed.group_by to be a column name or a list of them, got true"),
            (["header": .flag(false)],
                "expected feed.header to be true, a line number, a list of column names or { find = { names } }, got false; "
                    + "for a file without a header list its column names"),
            (["header": .list([.text("RO#")]), "group_by": .text("RO")],
                "feed.group_by names 'RO', which is not in feed.header; did you mean 'RO#'?"),
            (["encoding": .text("latin-1"), "fallback_encoding": .text("windows-1252")],
                "expected feed.fallback_encoding to be 'windows-1252' or 'latin-1' in a feed with encoding 'utf-8', "
                    + "got 'windows-1252' in one with 'latin-1'"),
        ]
        for (settings, message) in cases {
            let error = #expect(throws: FeedFormatError.self) { try FeedFormat(settings: settings) }
            #expect(error?.description == message)
        }
    }

    static let oneKind = FeedSetting.list([.table(["name": .text("H"), "columns": .list([.text("T"), .text("RO")])])])
    static let places = FeedSetting.list([.list([.text("RO"), .number(1), .number(6)])])

    @Test("settings of fixed layouts and of several kinds of record are taken over")
    func layouts() throws {
        let fixed = try FeedFormat(settings: [
            "format": .text("fixed"), "encoding": .text("cp037"), "record_bytes": .number(80), "group_by": .text("RO"), "fill_down": .flag(true),
            "columns": .list([.list([.text("RO"), .number(1), .number(6)]), .list([.text("AMT"), .number(7), .number(5), .text("packed")])]),
            "skip": .list([.text("PAGE #"), .table(["at": .number(70), "text": .text("PAGE")])]),
        ])
        #expect(fixed.places == [.init("RO", 1, 6), .init("AMT", 7, 5, isPacked: true)])
        #expect(fixed.recordBytes == 80)
        #expect(fixed.skip == [.init("PAGE #"), .init(at: 70, "PAGE")])
        #expect(fixed.fillDown)
        let kinds = try FeedFormat(settings: ["records": Self.oneKind, "record_type": .number(2), "begins": .text("H")])
        #expect(kinds.records == [.init(name: "H", columns: ["T", "RO"])])
        #expect(kinds.recordType == 2)
        #expect(kinds.begins == "H")
    }

    @Test("settings that contradict each other are told in words")
    func contradictions() {
        let packed = FeedSetting.list([.list([.text("AMT"), .number(7), .number(5), .text("packed")])])
        let cases: [([String: FeedSetting], String)] = [
            (["records": Self.oneKind, "header": .flag(true)],
                "expected feed.header or feed.records, got both; a file with several kinds of record has no header, and each kind names its columns"),
            (["records": Self.oneKind, "columns": .text("RO")],
                "expected feed.columns or feed.records, got both; the kinds of record have their columns"),
            (["record_type": .number(1)], "feed.record_type needs feed.records: which kinds may the cell name?"),
            (["records": Self.oneKind, "begins": .text("G")], "feed.begins names 'G', which is not in feed.records"),
            (["fill_down": .flag(true)], "feed.fill_down needs feed.group_by: which cells are filled?"),
            (["records": Self.oneKind, "begins": .text("H"), "group_by": .text("RO")],
                "expected feed.begins or feed.group_by, got both; group_by with fill_down = true keeps a number that stands only above"),
            (["header": .list([.text("CELL PHONE")]), "columns": .text("CELLPHONE")],
                "feed.columns names 'CELLPHONE', which is not in feed.header; did you mean 'CELL PHONE'?"),
            (["record_bytes": .number(80)], "feed.record_bytes has no meaning in a feed with format 'csv'; it belongs to 'fixed'"),
            (["format": .text("fixed"), "columns": Self.places, "group_by": .text("R0")],
                "feed.group_by names 'R0', which is no column of the feed; did you mean 'RO'?"),
            (["format": .text("fixed"), "columns": packed],
                "column 'AMT' is packed, which needs feed.record_bytes: packed bytes may look like line ends"),
            (["format": .text("fixed"), "columns": packed, "record_bytes": .number(80)],
                "column 'AMT' is packed, which needs an encoding of one byte a character, as 'cp037', got 'utf-8'"),
            (["format": .text("fixed"), "columns": Self.places, "record_bytes": .number(5)],
                "column 'RO' ends at 6, past the end of a record of 5 bytes"),
            (["format": .text("fixed"), "columns": Self.places, "record_bytes": .number(6), "encoding": .text("utf-16")],
                "expected a feed with feed.record_bytes to have an encoding of one byte a character, got 'utf-16'"),
        ]
        for (settings, message) in cases {
            let error = #expect(throws: FeedFormatError.self) { try FeedFormat(settings: settings) }
            #expect(error?.description == message)
        }
    }

    @Test("every quarantine code has its own explanation")
    func explanations() {
        #expect(Set(QuarantineCode.allCases.map(\.explanation)).count == QuarantineCode.allCases.count)
    }
}
