import Testing

@testable import Channels

@Suite struct FormTests {
    @Test("a form is read in order, with repeated names, pluses, escapes and empty values")
    func reading() throws {
        let read = try TwilioForms.parse("Body=a+b%20c%2B%26&Media=1&Media=2&Empty=&Bare&&%C3%A9=%f0%9F%9a%97=".utf8)
        #expect(
            read == [
                FormParameter("Body", "a b c+&"), FormParameter("Media", "1"), FormParameter("Media", "2"), FormParameter("Empty", ""),
                FormParameter("Bare", ""), FormParameter("é", "🚗="),
            ])
        #expect(try TwilioForms.parse("".utf8).isEmpty)
    }

    static let broken: [(String, TwilioFormError)] = [
        ("a=%", .badEscape(offset: 2)), ("a=1&b=%2", .badEscape(offset: 6)), ("a=%zz", .badEscape(offset: 2)), ("%2=1", .badEscape(offset: 0)),
        ("a=%+1", .badEscape(offset: 2)), ("x=1&a=%C3%28", .notUTF8(offset: 6)), ("%ED%A0%80=1", .notUTF8(offset: 0)), ("a=%C0%AF", .notUTF8(offset: 2)),
    ]

    @Test("a broken form is refused, and the error says where", arguments: broken)
    func refusing(form: String, error: TwilioFormError) {
        #expect(throws: error) { try TwilioForms.parse(form.utf8) }
    }

    @Test("bytes that aren't UTF-8 are refused unescaped as well")
    func rawBytes() {
        #expect(throws: TwilioFormError.notUTF8(offset: 2)) { try TwilioForms.parse([0x61, 0x3D, 0xFF]) }
    }

    @Test("a form over its limits is refused, one at the limit isn't")
    func limits() throws {
        let body = "a=" + String(repeating: "x", count: TwilioForms.byteLimit - 2)
        #expect(try TwilioForms.parse(body.utf8).count == 1)
        #expect(throws: TwilioFormError.tooLarge(limitBytes: TwilioForms.byteLimit)) { try TwilioForms.parse((body + "x").utf8) }
        let many = Array(repeating: "a=1", count: TwilioForms.parameterLimit)
        #expect(try TwilioForms.parse(many.joined(separator: "&").utf8).count == TwilioForms.parameterLimit)
        #expect(throws: TwilioFormError.tooMany(limit: TwilioForms.parameterLimit)) { try TwilioForms.parse((many + ["b=2"]).joined(separator: "&").utf8) }
    }

    @Test("what is written is read again", arguments: [UInt64(1), 2, 3])
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let characters = Array("abc +&=%/?~é\u{301}🚗\u{0}\n")
        for _ in 0..<500 {
            let parameters = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                let texts = (0..<2).map { _ in String((0..<Int.random(in: 0...8, using: &random)).map { _ in characters.randomElement(using: &random)! }) }
                return FormParameter("n" + texts[0], texts[1])
            }
            #expect(try TwilioForms.parse(TwilioForms.encode(parameters).utf8) == parameters, "seed \(seed)")
        }
    }
}
