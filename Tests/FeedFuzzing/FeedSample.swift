public import Feeds

/// A small export of one family, in the ways that exports are written.
public struct FeedSample: Sendable {
    public let name: String
    public let text: String
    public let format: FeedFormat

    init(_ name: String, _ kind: FeedFormat.Kind, _ text: String, _ change: (inout FeedFormat) -> Void = { _ in }) {
        var format = FeedFormat()
        format.kind = kind
        change(&format)
        self.name = name
        self.text = text
        self.format = format
    }

    public static let all: [FeedSample] = [
        FeedSample("csv", .csv, "RO,OP,NOTE\r\n1,A,\"x, \"\"y\"\"\"\r\n2,B,\"two\r\nlines\"\r\n1,C,15\" rim\r\n\r\n3,D,é\r\n") { $0.groupBy = ["RO"] },
        FeedSample("csv without a header", .csv, "1|a|b\n2|c|'d|e'\n3|f|\n|g|h\n") {
            $0.header = .names(["k", "v", "w"])
            ($0.delimiter, $0.quote) = (UInt8(ascii: "|"), UInt8(ascii: "'"))
        },
        FeedSample("json", .json, #"{"meta":{"n":[1,2]},"data":{"ro":[{"id":1,"t":"a\"]}","l":[{"x":[]}]},"# + "\n" + #"{"id":2,"t":"\\","é":null},{"id":"1","l":[]}]},"c":[{"k":1}]}"#) {
            ($0.path, $0.groupBy) = ("data.ro", ["id"])
            $0.joins = [FeedFormat.Join(name: "c", path: "c", key: "k", with: "id")]
        },
        FeedSample("json array", .json, "[{\"id\":1},\n {\"id\":{\"id\":2}}, 3, [4]]\n"),
        FeedSample("json lines", .jsonLines, "{\"id\":1,\"t\":\"\\u0000\"}\n\n{\"id\":2}\r\n \n{\"id\":[3,{\"é\":\"}\"}]}\n"),
        FeedSample("json lines, grouped", .jsonLines, "{\"id\":1}\n{\"id\":2}\n{\"id\":1}\n{\"no\":1}\n") { $0.groupBy = ["id"] },
        FeedSample(
            "xml", .xml,
            """
            <?xml version="1.0" encoding="utf-8"?>
            <!DOCTYPE a [<!ENTITY x "y">]><!-- <RO> -->
            <a xmlns:s="u"><C><K>1</K></C><L>
            <s:RO id="1>"><n>1</n><![CDATA[</RO>]]><x/></s:RO>
            <RO><n>2</n><!-- </RO> --><t a='"'>é &amp; &nbsp;</t></RO><RO/><RO><n>1</n></RO></L></a>

            """
        ) {
            ($0.path, $0.groupBy) = ("RO", ["n"])
            $0.joins = [FeedFormat.Join(name: "c", path: "a/C", key: "K", with: "n")]
        },
        FeedSample("xml lists", .xml, "<?ADF VERSION \"1.0\"?><adf><L><RO>1</RO><RO>2<RO>in</RO></RO></L><L>\n<RO b='1'>\n3</RO></L></adf>") { $0.path = "L/RO" },
    ]
}
