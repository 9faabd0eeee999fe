import Feeds
import Testing

@Suite("Parsing XML records")
struct XMLParsingTests {
    @Test("an element has its attributes, then its elements; prefixes and namespace declarations are left out")
    func parts() throws {
        let text = "<s:RO xmlns:s='u' xmlns='v' s:id='7' b=''>\n <s:Job n=\"1\"/>\n <Note> two\n words </Note>\n</s:RO>"
        #expect(try outline(text, .xml) == "RO(@id='7' @b='' Job(@n='1') Note'two\n words')")
    }

    @Test("an element's text runs over CDATA sections, references, comments and elements")
    func text() throws {
        #expect(try outline("<a> x <![CDATA[<RED> & ]]>&amp;<!-- no -->&#xE9;&lt; y<b> in </b> z <c/>\n</a>", .xml) == "a'x <RED> & &é< y z'(b'in' c)")
        #expect(try outline("<a><![CDATA[ ]]>\n<b/></a>", .xml) == "a(b)")
    }

    @Test("references that HTML knows are read, and an ampersand that begins none is one")
    func references() throws {
        #expect(try outline("<a b='R&R &eacute;'>30&nbsp;&deg; &euro;5 &Ntilde;&ntilde; &apos;&quot;</a>", .xml) == "a'30\u{A0}° €5 Ññ '\"'(@b='R&R é')")
        #expect(try outline("<a>R&R & Co; &unknown; &; &amp;nbsp; &</a>", .xml) == "a'R&R & Co; &unknown; &; &nbsp; &'")
        #expect(try outline("<a><![CDATA[A&B &nbsp;]]><!-- & --><?p & ?> C&D</a>", .xml) == "a'A&B &nbsp; C&D'")
    }

    @Test("a declared encoding has no say: the text is UTF-8")
    func declaredEncoding() throws {
        #expect(try outline("<?xml version='1.0' encoding='ISO-8859-1'?><a>é字</a>", .xml) == "a'é字'")
    }

    @Test(
        "what is wrong is told in words",
        arguments: [
            ("<a>\n<b>\n</c></a>", "has an end tag that doesn't match (line 3 of it)"), ("<a><b></b>", "ends before its last end tag (line 1 of it)"),
            ("<a b='1' b='2'/>", "has an attribute twice in one tag (line 1 of it)"), ("", "is empty"), ("<a/><b/>", "has something behind its last end tag (line 1 of it)"),
            ("<a>&#0;</a>", "has a reference to a character that XML doesn't allow (line 1 of it)"), ("<a>x</a", "ends inside a tag, a comment or a reference (line 1 of it)"),
            ("<a>\u{1}</a>", "has a character that XML doesn't allow there, or bytes that are not text (line 1 of it)"),
            ("<a><![CDATA[x</a>", "has a CDATA section that is not closed (line 1 of it)"),
            ("<a>\u{0}</a>", "has a character that XML doesn't allow there, or bytes that are not text (line 1 of it)"),
        ])
    func faults(text: String, words: String) {
        let error = #expect(throws: RecordTree.Malformed.self) { try outline(text, .xml) }
        #expect(error?.description == words)
    }

    @Test("elements nested deeper than a hundred are no record, and the next is read")
    func deep() throws {
        let tree = RecordTree()
        func nested(_ depth: Int) -> String { String(repeating: "<x>", count: depth) + String(repeating: "</x>", count: depth) }
        try parse(nested(100), .xml, into: tree)
        #expect(tree.count == 100)
        let error = #expect(throws: RecordTree.Malformed.self) { try parse(nested(101), .xml, into: tree) }
        #expect(error?.description == "is nested too deep")
        try parse("<a>1</a>", .xml, into: tree)
        #expect(outline(tree, 0) == "a'1'")
    }

    @Test("entities can't be declared, so none grows without bound")
    func billionLaughs() {
        let lines = (1...9).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let error = #expect(throws: RecordTree.Malformed.self) {
            try outline("<!DOCTYPE a [<!ENTITY l0 \"lol\">\(lines)]><a>&l9;</a>", .xml)
        }
        #expect(error?.description == "declares a document type, which a record may not")
    }

    @Test("text between many elements is gathered in one piece")
    func mixed() throws {
        let tree = RecordTree()
        try parse("<a>" + String(repeating: "x<b>y</b>", count: 50_000) + "</a>", .xml, into: tree)
        #expect(tree.text(0).count == 50_000)
        #expect(tree.count == 50_001)
    }

    @Test("a path leads to the first text that has all of its names")
    func paths() throws {
        let tree = RecordTree()
        try parse("<RO n='7'><Head/><Head><No> 12 </No></Head><s:Key t:id='x'/></RO>", .xml, into: tree)
        func text(_ path: String) -> String? { tree.text(at: TreePath(path, in: .xml)).map { String(decoding: $0, as: UTF8.self) } }
        #expect(text("Head/No") == "12")
        #expect(text("@n") == "7")
        #expect(text("Key/@id") == "x")
        #expect(text("n") == nil)
        #expect(text("Head/Other") == nil)
    }

    @Test("the samples have their repair orders, each of them well-formed, in any chunks", arguments: [1, 7, 4_096, 1 << 20])
    func samples(chunkBytes: Int) throws {
        for (name, path, count) in [("03_dealertrack_closed_ro.xml", "ClosedRepairOrder", 36), ("04_star_show_repair_order.xml", "RepairOrder", 24)] {
            let bytes = try fixture(name)
            let reading = try read(bytes, format { ($0.kind, $0.path) = (.xml, path) }, chunkBytes: chunkBytes)
            #expect(reading.rows.count == count)
            #expect(reading.quarantined.isEmpty)
            let tree = RecordTree()
            for row in reading.rows {
                #expect(Array(bytes[row.byteOffset..<row.byteOffset + row.raw.count]) == row.raw)
                try row.raw.withUnsafeBytes { bytes in try tree.parse(bytes, as: .xml) }
                #expect(tree.name(0).elementsEqual(path.utf8))
            }
        }
    }
}
