import ScriptKit
import Testing

@Suite struct TemplateRulesTests {
    private func findings(_ template: String) -> [SourceFinding] {
        SourceCheckBench.findings("local say = require 'say'\nreturn { sms = function(touch) return say.fill(\(template), touch) end }")
    }

    @Test("a placeholder that there isn't is found inside the text")
    func unknown() throws {
        let finding = try #require(findings(#""Hi {frist_name}!""#).first)
        #expect(finding.message == "the text has no placeholder {frist_name}; did you mean {first_name}?")
        #expect(finding.suggestion == "first_name" && finding.line == 2 && finding.column == 53 && finding.length == 10)
    }

    @Test("spaces and dashes are near an underscore")
    func spelling() {
        #expect(findings(#""{first name} {Booking-Link}""#).map(\.suggestion) == ["first_name", "booking_link"])
    }

    @Test("places hold behind escapes, wide letters and a joined text's end")
    func places() {
        #expect(findings(#""é\n{x_x}""#).map(\.column) == [53])
        let joined = findings("\"{item} \"\n    .. \"{itme}\"")
        #expect(joined.map(\.line) == [3] && joined.map(\.column) == [10])
    }

    @Test("brackets and braces that stand open or nest are told", arguments: [
        (#""Hi {item""#, "the text has a { without its }"), (#""[Hi {item} ""#, "the text has a [ without its ]"),
        (#""[a [b] c]""#, "the text has a [ inside a [; brackets don't nest"), (#""[{item|x}]""#, "the text has a { without its }"),
    ])
    func open(template: String, message: String) {
        #expect(findings(template).map(\.message).first == message)
    }

    @Test("what say.fill takes is right", arguments: [
        #""[Hi {first_name}, |Hello, ]{rooftop}: {items}""#, #""a ] b } c | d""#, #""{item} " .. touch.kind .. "{nothing}""#, "touch.kind",
        "[[{item}]]", #"("{item}")"#,
    ])
    func right(template: String) {
        #expect(findings(template) == [])
    }

    @Test("a test that expects the error is right")
    func expected() {
        let text = "local say = require 'say'\nexpect(function() return say.fill('{x}', given.touch()) end):errors 'placeholder'"
        #expect(SourceCheckBench.findings(text, file: "tests/say_test.lua") == [])
    }
}
