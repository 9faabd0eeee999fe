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
                "expected feed.encoding to be one of 'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'windows-1252', 'latin-1', "
                    + "got 'utf8x'; did you mean 'utf-8'?"),
            (["encoding": .number(8)],
                "expected feed.encoding to be one of 'utf-8', 'utf-16', 'utf-16le', 'utf-16be', 'windows-1252', 'latin-1', got 8"),
            (["format": .text("xml")], "expected feed.format to be 'csv', got 'xml'"),
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

    @Test("every quarantine code has its own explanation")
    func explanations() {
        #expect(Set(QuarantineCode.allCases.map(\.explanation)).count == QuarantineCode.allCases.count)
    }
}
