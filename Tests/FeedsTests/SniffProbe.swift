import Feeds
import Foundation

/// Exports of every kind, made up row by row.
enum SniffExports {
    static let names = ["LOPEZ,MARIA", "TRAN,ABEL K", "BHATT,COLIN", "O'BRIEN,MAURA", "SMITH,FERN", "RUSK,TOMAS", "VASQUEZ,INES"]
    static let jobs = [("BRKR", "REAR BRAKE PADS"), ("LOF", "OIL CHANGE"), ("WIPE", "WIPER BLADES"), ("ALGN", "4-WHEEL ALIGNMENT")]
    static let vins = ["1FAFAKE0XNZ001001", "KNAFAKE13MZ001002", "4S3FAKE25PZ001003", "1N4FAKE32EZ001004", "4T1FAKE42GZ001005"]

    static func phone(_ i: Int) -> String { "312555\(String(i % 100 + 10_100).suffix(4))" }
    static func padded(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
    static func digits(_ number: Int, _ width: Int) -> String { String(repeating: "0", count: max(0, width - String(number).count)) + String(number) }

    /// UTF-16LE with a byte order mark, `|` between, the header again every twenty rows.
    static var utf16Pipes: [UInt8] {
        var text = ""
        for i in 0..<100 {
            if i % 20 == 0 { text += "RO#|CLOSE DT|CUST|CELL|VIN|OP|DESC|EST|STAT\r\n" }
            let job = jobs[i % 4]
            text += "\(7_001 + i / 3)|03/\(digits(i / 5 + 10, 2))/2026|\(names[i / 3 % 7])|\(phone(i / 3))|\(vins[i / 3 % 5])|\(job.0)|\(job.1)|\(i + 10).50|\(i % 3 == 0 ? "DECL" : "DONE")\r\n"
        }
        return encode(text, .utf16)
    }

    /// Windows-1252, `;` between, a decimal comma, days first.
    static var french: [UInt8] {
        var text = "No BT;Date fermeture;Nom client;Courriel;Montant;Statut\r\n"
        for i in 0..<40 { text += "B\(4_000 + i);\(digits(i % 28 + 1, 2))/03/2026;\(i % 2 == 0 ? "Hélène Côté" : "François Lévesque");client\(i)@example.com;1 \(100 + i),50 $;\(i % 3 == 0 ? "REFUSÉ" : "FAIT")\r\n" }
        return encode(text, .windows1252)
    }

    /// 200 columns, tabs between, no quotes but inch marks, groups inside a cell.
    static var wideTabs: [UInt8] {
        var text = "RO\tCLOSED\tLINES" + (4...200).map { "\tCOL\($0)" }.joined() + "\n"
        for i in 0..<60 {
            let lines = (0...(i % 3 + 1)).map { "\(jobs[($0 + i) % 4].0)^\(jobs[($0 + i) % 4].1) 3\"^12.50" }.joined(separator: "|")
            text += "\(9_000 + i)\t2026-03-\(digits(i % 28 + 1, 2))\t\(lines)" + (4...200).map { $0 % 7 == 0 ? "\t" : "\t\($0 * i)" }.joined() + "\n"
        }
        return Array(text.utf8)
    }

    /// Tabs between, quoted cells with line ends and tabs inside.
    static var multilineTabs: [UInt8] {
        var text = "RO\tCLOSED\tSTORY\tSTATUS\n"
        for i in 0..<50 { text += "\(8_000 + i)\t3/\(i % 28 + 1)/2026\t\"CUST STATES NOISE\n\tCHECKED, SAYS \"\"NO\"\"\nLINE \(i)\"\t\(i % 4 == 0 ? "DECLINED" : "DONE")\n" }
        return Array(text.utf8)
    }

    /// EBCDIC, records of 80 bytes without line ends, an amount with its sign in the last digit.
    static var ebcdicRecords: [UInt8] {
        var text = ""
        for i in 0..<120 {
            let job = jobs[i % 4]
            text += digits(10_000 + i / 2, 7) + "202603" + digits(i % 28 + 1, 2) + padded(names[i % 7], 20) + phone(i) + padded(job.0, 6) + padded(job.1, 20) + digits(i * 37 + 1_000, 8) + (i % 2 == 0 ? "{" : "}")
        }
        return ebcdic(text)
    }

    /// A printed report: a title, a heading and a rule on every page.
    static var pagedReport: [UInt8] {
        var text = ""
        for page in 1...5 {
            text += "\u{0C}HILLSIDE AUTO           DECLINED WORK              PAGE \(page)\nRUN DATE 03/31/2026\n\n"
            text += "RO      CLOSED      CUSTOMER             OPCODE  AMOUNT\n------  ----------  -------------------  ------  --------\n"
            for i in 0..<20 {
                let n = page * 20 + i
                text += "\(60_000 + n)   03/\(digits(n % 28 + 1, 2))/2026  " + padded(names[n % 7], 19) + "  " + padded(jobs[n % 4].0, 6) + "  " + String(repeating: " ", count: n % 3) + "\(n).95\n"
            }
            text += "\n"
        }
        return Array(text.utf8)
    }

    static var nestedJSON: [UInt8] {
        let orders = (0..<30).map { i in
            """
            {"roNumber": "\(5_000 + i)", "closeDate": "2026-03-\(digits(i % 28 + 1, 2))", "customer": {"firstName": "Fern", "lastName": "Rusk", "phones": [{"type": "CELL", "number": "\(phone(i))"}]},
             "vehicle": {"vin": "\(vins[i % 5])"}, "jobs": [{"opCode": "BRKR", "description": "Rear brakes", "price": 412.5, "status": "\(i % 2 == 0 ? "DECLINED" : "DONE")"}]}
            """
        }
        return Array(#"{"meta": {"dealer": "D1", "count": 30}, "advisors": [{"id": 1, "name": "Kim"}], "data": {"repairOrders": ["#.utf8) + Array(orders.joined(separator: ",\n").utf8) + Array("]}}\n".utf8)
    }

    static var jsonLines: [UInt8] {
        Array((0..<40).map { #"{"ro": \#(3_000 + $0), "closed": 17701725\#(digits($0, 2))000, "jobs": []}"# }.joined(separator: "\n").utf8)
    }

    /// XML in which most elements are left out when empty.
    static var sparseXML: [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Export><RepairOrders>\n"
        for i in 0..<30 {
            text += "<RepairOrder id=\"\(i)\"><RONumber>\(2_000 + i)</RONumber><CloseDate>2026-03-\(digits(i % 28 + 1, 2))</CloseDate>"
            if i % 3 == 0 { text += "<VIN>\(vins[i % 5])</VIN><Note><![CDATA[a <b> c]]></Note>" }
            for job in jobs.prefix(i % 4) { text += "<Job><OpCode>\(job.0)</OpCode><Description>\(job.1)</Description><JobStatus>\(i % 2 == 0 ? "Declined" : "Done")</JobStatus></Job>" }
            text += "</RepairOrder>\n"
        }
        return Array((text + "</RepairOrders></Export>\n").utf8)
    }

    static var adfXML: [UInt8] {
        let prospects = (0..<8).map { i in
            """
            <prospect><requestdate>2026-03-0\(i + 1)T10:00:00-06:00</requestdate><vehicle><year>2019</year><make>Honda</make><vin>\(vins[i % 5])</vin></vehicle>
            <customer><contact><name part="first">Fern</name><name part="last">Rusk</name><email>fern\(i)@example.com</email></contact></customer></prospect>
            """
        }
        return Array("<?ADF VERSION \"1.0\"?>\n<?XML VERSION \"1.0\"?>\n<adf>\n\(prospects.joined(separator: "\n"))\n</adf>\n".utf8)
    }

    static var all: [[UInt8]] {
        [utf16Pipes, french, wideTabs, multilineTabs, ebcdicRecords, pagedReport, nestedJSON, jsonLines, sparseXML, adfXML]
    }

    private static func ebcdic(_ text: String) -> [UInt8] {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): 0xF0 + (byte - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "I"): 0xC1 + (byte - UInt8(ascii: "A"))
            case UInt8(ascii: "J")...UInt8(ascii: "R"): 0xD1 + (byte - UInt8(ascii: "J"))
            case UInt8(ascii: "S")...UInt8(ascii: "Z"): 0xE2 + (byte - UInt8(ascii: "S"))
            case UInt8(ascii: ","): 0x6B
            case UInt8(ascii: "'"): 0x7D
            case UInt8(ascii: "-"): 0x60
            case UInt8(ascii: "{"): 0xC0
            case UInt8(ascii: "}"): 0xD0
            default: 0x40
            }
        }
    }
}

func sniff(_ bytes: [UInt8]) throws -> SniffedFeed { try FeedSniffer().sniff(MemoryByteSource(bytes), fileBytes: bytes.count) }
func sniff(_ text: String) throws -> SniffedFeed { try sniff(Array(text.utf8)) }

extension SniffedFeed {
    func column(_ name: String) -> SniffedColumn? { columns.first { $0.name == name } }
    func value(_ subject: String) -> String? { findings.first { $0.subject == subject }?.value }
}
