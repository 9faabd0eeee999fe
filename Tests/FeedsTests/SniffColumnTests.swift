import Feeds
import Testing

@Suite("Sniffing: rows and columns")
struct SniffColumnTests {
    private func column(_ name: String, _ values: [String]) throws -> SniffedColumn {
        let text = "RO;\(name)\n" + values.enumerated().map { "\(1_000 + $0);\($1)\n" }.joined()
        let found = try sniff(text)
        return found.columns[1]
    }

    @Test(
        "each form of day is told by its values",
        arguments: [
            ("MM/DD/YYYY", "03/31/2026"), ("MM/DD/YY", "3/31/26"), ("MM-DD-YYYY", "03-31-2026"), ("DD/MM/YYYY", "31/03/2026"), ("YYYY-MM-DD", "2026-03-31"),
            ("YYYYMMDD", "20260331"), ("MMDDYYYY", "03312026"), ("MMDDYY", "033126"), ("YYMMDD", "260331"), ("DDMMMYY", "31MAR26"), ("DDMMMYYYY", "31MAR2026"),
            ("DD-MMM-YY", "31-MAR-26"), ("DD-MMM-YYYY", "31-Mar-2026"), ("MMM D, YYYY", "Mar 31, 2026"), ("excel", "46112"), ("YYYYDDD", "2026090"),
            ("iso", "2026-03-31T20:40:00-06:00"), ("epoch ms", "1774989600000"), ("epoch s", "1774989600"),
        ])
    func days(form: String, value: String) throws {
        #expect(try column("CLOSE DATE", Array(repeating: value, count: 12)).look == .date(forms: [form]))
    }

    @Test("a day that may be two things is told")
    func ambiguousDays() throws {
        #expect(try column("CLOSED", ["3/4/2026", "5/6/2026", "1/2/2026"]).warnings.contains { $0.contains("which of the two is the month") })
    }

    @Test("several forms in one column are all told, the most frequent first")
    func severalForms() throws {
        let found = try column("CLOSED", ["3/31/2026", "3/30/2026", "2026-03-29", "46110"])
        #expect(found.look == .date(forms: ["MM/DD/YYYY", "YYYY-MM-DD", "excel"]))
    }

    @Test("amounts, phones, flags and names are told apart")
    func looks() throws {
        #expect(try column("EST", ["12.50-", "$1,234.50", "(10.00)", "CALL"]).look == .money(function: "cents"))
        #expect(try column("EST", ["00001250", "00123450", "00001000"]).look == .money(function: "implied"))
        #expect(try column("F", ["00004150{", "00004150}", "0000100A"]).look == .money(function: "overpunch"))
        #expect(try column("PH", ["H:(312) 555-0142/C:(312) 555-0177", "C:(312) 555-0143"]).look == .phone(isList: true))
        #expect(try column("CELL", ["(312) 555-0142", "0", "312.555.0143"]).look == .phone(isList: false))
        #expect(try column("TextOK", ["Y", "N", "", "Y"]).look == .flag(oneWay: false))
        #expect(try column("CUST", ["O'BRIEN,MAURA K", "TRAN,ABEL", "BLUE HERON CATERING INC"]).look == .person(lastFirst: true))
        #expect(try column("MILES", ["73,211", "12044", "90127"]).role == .mileage)
    }

    @Test("a consent that reads one way warns")
    func oneWay() throws {
        let found = try column("sms_opt_in", ["Y", "Y", "", "Y"])
        #expect(found.look == .flag(oneWay: true))
        #expect(found.warnings.contains { $0.contains("one way") })
    }

    @Test("a wrong check digit shows in the share of right ones")
    func checkDigits() throws {
        #expect(try column("VIN", ["1FAFAKE0XNZ001001", "1FAFAKE00NZ001001"]).look == .vin(rightPercent: 50))
    }

    @Test("fill rate, different values and samples are counted")
    func counts() throws {
        let found = try column("OP", ["LOF", "", "LOF", "WIPE", "A\u{1B}[2J"])
        #expect(found.filled == 4)
        #expect(found.of == 5)
        #expect(found.distinct == 3)
        #expect(found.samples == ["LOF", "WIPE", "A\\u{1B}[2J"])
    }

    @Test("a title above the header, short rows and a trailer are told")
    func aroundTheTable() throws {
        let rows = (0..<40).map { "\(1_000 + $0),03/\(SniffExports.digits($0 % 28 + 1, 2))/2026,\"RUSK, FERN\",X\n" }.joined()
        let found = try sniff("Declined work report\nRO,CLOSED,CUST,OP\n\(rows)2000,03/01/2026\nTOTAL 41 RECORDS\n")
        #expect(found.format.header == .line(2))
        #expect(found.fullWidth == 4)
        #expect(found.remarks.contains { $0.contains("fewer cells") && $0.contains("line 43") })
        #expect(found.format.skip == [FeedFormat.Picture(at: 1, "TOTAL")])
    }

    @Test("a file without a header gets names from its values")
    func noHeader() throws {
        let rows = (0..<30).map { "\(7_000 + $0)|2026-03-\(SniffExports.digits($0 % 28 + 1, 2))|RUSK,FERN|\(SniffExports.phone($0))|\(SniffExports.vins[$0 % 5])\n" }.joined()
        #expect(try sniff(rows).format.header == .names(["RO", "DATE", "NAME", "PHONE", "VIN"]))
    }

    @Test("rows of a second encoding are told, and the fallback that reads them")
    func secondEncoding() throws {
        let text = Array("RO,NAME\n".utf8) + (0..<20).flatMap { encode("\(1_000 + $0),Núñez\n", $0 == 7 ? .latin1 : .utf8) }
        let found = try sniff(text)
        #expect(found.format.encoding == .utf8)
        #expect(found.format.fallbackEncoding == .windows1252)
        #expect(found.columns[1].distinct == 1)
    }

    @Test("a column of more different values than are counted is not taken for one that repeats")
    func manyValues() throws {
        let found = try sniff("RO,CLOSED\n" + (0..<2_500).map { "\(100_000 + $0),2026-03-01\n" }.joined())
        #expect(found.columns[0].hasMoreDistinct)
        #expect(found.format.groupBy.isEmpty)
    }

    @Test("records that look alike on every page are no page headers")
    func alikeOnEveryPage() throws {
        var text = ""
        for page in 1...5 {
            text += "HILLSIDE AUTO      PAGE \(page)\nRUN DATE 03/31/2026\nRO      CLOSED      OP    EST\n"
            for row in 0..<20 { text += "\(60_000 + page * 20 + row)   03/\(SniffExports.digits(row + 1, 2))/2026  \(row % 2 == 0 ? "BRKR" : "WIPE")  \(row + 10).50\n" }
        }
        let found = try sniff(text)
        #expect(found.kinds[0].count == 100)
        #expect(found.format.places.map(\.name) == ["RO", "CLOSED", "OP", "EST"])
        #expect(found.format.skip.count == 3)
    }

    @Test("numbers that stand only in the first row of a repair order are filled down")
    func fillDown() throws {
        let rows = (0..<20).map { "\($0 % 4 == 0 ? String(5_000 + $0) : ""),OP\($0),12.50\n" }.joined()
        let found = try sniff("RO,OP,EST\n" + rows)
        #expect(found.format.groupBy == ["RO"])
        #expect(found.format.fillDown)
    }
}
