import Feeds
import Testing

@Suite("Sniffing: families of files")
struct SniffFamilyTests {
    @Test("UTF-16 with bars between and a header that comes again")
    func utf16Pipes() throws {
        let found = try sniff(SniffExports.utf16Pipes)
        #expect(found.format.encoding == .utf16)
        #expect(found.format.kind == .csv)
        #expect(found.format.delimiter == UInt8(ascii: "|"))
        #expect(found.format.groupBy == ["RO#"])
        #expect(found.kinds[0].count == 100)
        #expect(found.remarks.contains { $0.contains("header stands 4 more times") })
        #expect(found.column("CLOSE DT")?.look == .date(forms: ["MM/DD/YYYY"]))
        #expect(found.column("VIN")?.look == .vin(rightPercent: 100))
        #expect(found.column("STAT")?.declinedWords == ["DECL"])
    }

    @Test("UTF-16 without a byte order mark is told by its zero bytes")
    func utf16WithoutMark() throws {
        let text = "RO,CLOSED\n" + (0..<30).map { "\(1_000 + $0),2026-03-01\n" }.joined()
        #expect(try sniff(encode(text, .utf16LittleEndian)).format.encoding == .utf16LittleEndian)
        #expect(try sniff(encode(text, .utf16BigEndian)).format.encoding == .utf16BigEndian)
    }

    @Test("Windows-1252 in French, with semicolons, a decimal comma and days first")
    func french() throws {
        let found = try sniff(SniffExports.french)
        #expect(found.format.encoding == .windows1252)
        #expect(found.format.delimiter == UInt8(ascii: ";"))
        #expect(found.column("Date fermeture")?.look == .date(forms: ["DD/MM/YYYY"]))
        #expect(found.column("Date fermeture")?.role == .closedOn)
        #expect(found.column("Montant")?.look == .money(function: "cents"))
        #expect(found.column("No BT")?.role == .roNumber)
        #expect(found.column("Nom client")?.samples.first == "Hélène Côté")
    }

    @Test("200 columns with tabs between, no quotes, groups inside a cell")
    func wideTabs() throws {
        let found = try sniff(SniffExports.wideTabs)
        #expect(found.format.delimiter == UInt8(ascii: "\t"))
        #expect(found.format.quote == nil)
        #expect(found.columns.count == 200)
        #expect(found.column("LINES")?.outerMark == "|")
        #expect(found.column("LINES")?.innerMark == "^")
    }

    @Test("quoted cells with line ends and tabs inside are one row each")
    func multilineTabs() throws {
        let found = try sniff(SniffExports.multilineTabs)
        #expect(found.format.delimiter == UInt8(ascii: "\t"))
        #expect(found.format.quote == UInt8(ascii: "\""))
        #expect(found.kinds[0].count == 50)
        #expect(found.columns.map(\.name) == ["RO", "CLOSED", "STORY", "STATUS"])
        #expect(found.column("STORY")?.samples.first?.contains("\\n\\tCHECKED") == true)
    }

    @Test("EBCDIC records of one length without line ends")
    func ebcdicRecords() throws {
        let found = try sniff(SniffExports.ebcdicRecords)
        #expect(found.format.encoding == .cp037)
        #expect(found.format.kind == .fixed)
        #expect(found.format.recordBytes == 80)
        #expect(found.kinds[0].count == 120)
        #expect(found.columns.contains { $0.look == .money(function: "overpunch") })
        #expect(found.columns.contains { $0.look == .date(forms: ["YYYYMMDD"]) })
        #expect(found.format.places.first?.length == 7)
    }

    @Test("a printed report: page headers are skipped, and the heading names the columns")
    func pagedReport() throws {
        let found = try sniff(SniffExports.pagedReport)
        #expect(found.format.kind == .fixed)
        #expect(found.format.skip.map(\.text).contains("HILLSIDE AUTO"))
        #expect(found.format.skip.count == 5)
        #expect(found.format.places.map(\.name) == ["RO", "CLOSED", "CUSTOMER", "OPCODE", "AMOUNT"])
        #expect(found.format.places.map(\.first) == [1, 9, 21, 42, 50])
        #expect(found.kinds[0].count == 100)
    }

    @Test("a JSON document: the list of repair orders is found among others")
    func nestedJSON() throws {
        let found = try sniff(SniffExports.nestedJSON)
        #expect(found.format.kind == .json)
        #expect(found.format.path == "data.repairOrders")
        #expect(found.kinds[0].count == 30)
        #expect(found.column("jobs[].status")?.declinedWords == ["DECLINED"])
        #expect(found.column("jobs[].price")?.isNumber == true)
    }

    @Test("JSON lines, and times in milliseconds")
    func jsonLines() throws {
        let found = try sniff(SniffExports.jsonLines)
        #expect(found.format.kind == .jsonLines)
        #expect(found.column("closed")?.look == .date(forms: ["epoch ms"]))
        #expect(found.column("ro")?.role == .roNumber)
    }

    @Test("XML in which most elements are left out: fill rates count records")
    func sparseXML() throws {
        let found = try sniff(SniffExports.sparseXML)
        #expect(found.format.kind == .xml)
        #expect(found.format.path == "RepairOrder")
        #expect(found.column("VIN")?.filled == 10)
        #expect(found.column("VIN")?.of == 30)
        #expect(found.column("Job[]/OpCode")?.role == .opCode)
        #expect(found.column("@id")?.filled == 30)
    }

    @Test("ADF, whose prolog is no XML declaration")
    func adfXML() throws {
        let found = try sniff(SniffExports.adfXML)
        #expect(found.format.kind == .xml)
        #expect(found.format.path == "prospect")
        #expect(found.remarks.contains { $0.contains("<?ADF VERSION") })
        #expect(found.column("vehicle/vin")?.role == .vin)
    }

    @Test("customers in a list of their own are told as a join")
    func joins() throws {
        let customers = (0..<10).map { "<C><Key>\(100 + $0)</Key><LastName>RUSK</LastName></C>" }.joined()
        let orders = (0..<10).map { "<RepairOrder><RONumber>\(5_000 + $0)</RONumber><CustomerKey>\(109 - $0)</CustomerKey></RepairOrder>" }.joined()
        let found = try sniff("<X><Customers>\(customers)</Customers>\(orders)</X>")
        #expect(found.format.joins == [FeedFormat.Join(name: "c", path: "C", key: "Key", with: "CustomerKey")])
    }

    @Test("records of several kinds, each with a width of its own")
    func kinds() throws {
        var text = ""
        for i in 0..<20 { text += "H,\(6_000 + i),03/\(SniffExports.digits(i + 1, 2))/2026,\(SniffExports.vins[i % 5]),FORD\nL,\(6_000 + i),LOF,OIL CHANGE,1,79.95,X\nT,\(6_000 + i),79.95\n" }
        let found = try sniff(text)
        #expect(found.format.records.map(\.name) == ["H", "L", "T"])
        #expect(found.format.groupBy == ["RO"])
        #expect(found.kinds.map(\.count) == [20, 20, 20])
    }
}
