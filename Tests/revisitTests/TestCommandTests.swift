import Foundation
import Testing

@Suite struct TestCommandTests {
    @Test(
        "the example rooftops and the standard library pass their tests",
        arguments: ["scripts/northgate", "scripts/hillside", "scripts/lakeside", "Tests/Fixtures/stdlib"])
    func examples(rooftop: String) throws {
        let run = try CommandLineTool.run("test", rooftop)
        #expect(run.status == 0, "\(String(decoding: run.output, as: UTF8.self))")
        #expect(String(decoding: run.output, as: UTF8.self).contains(" passed, 0 failed"))
    }

    @Test("a failing test is shown with its values and its line, and exits 1")
    func failing() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return {}")
        _ = try scratch.write("shop/message.lua", "return {\n  sms = function(touch)\n    return 'Hi ' .. touch.custmer.name\n  end,\n}")
        _ = try scratch.write(
            "shop/tests/message_test.lua",
            """
            local message = require "message"
            describe("the text", function()
              it("greets", function() expect(message.sms(given.touch())):contains "Hi" end)
              it("counts", function()
                expect(1 + 1):equals(3)
              end)
              it("passes", function() expect("a"):equals "a" end)
            end)
            """)
        let run = try CommandLineTool.run("test", scratch.path("shop"))
        let output = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 1)
        #expect(output.contains(
            """
                message.lua:3:27  touch has no field 'custmer'
                3 │ return 'Hi ' .. touch.custmer.name
                  │                       ^^^^^^^ did you mean 'customer'?
            """))
        #expect(output.contains("tests/message_test.lua:5  expected 3, got 2"))
        #expect(output.contains("again: revisit test \(scratch.path("shop")) tests/message_test.lua:4 --seed "))
        #expect(output.contains("1 passed, 2 failed"))
    }

    @Test("a rooftop without tests exits 4")
    func none() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return {}")
        let run = try CommandLineTool.run("test", scratch.path("shop"))
        #expect(run.status == 4)
        #expect(run.complaints.contains("has no tests"))
    }
}

@Suite struct CheckCommandTests {
    @Test("check names the dealer's line of a text that would not go out, and exits 1")
    func findings() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return { name = 'Shop', zone = 'America/Chicago', booking_link = 'https://book.example.com/s' }")
        _ = try scratch.write("shop/message.lua", "return {\n  sms = function(touch)\n    return 'Hi ' .. touch.custmer.name\n  end,\n}")
        let run = try CommandLineTool.run("check", scratch.path("shop"))
        let output = String(decoding: run.output, as: UTF8.self)
        #expect(run.status == 1)
        #expect(output.contains("✗ message.lua:3:27  touch has no field 'custmer'; did you mean 'customer'?"))
    }

    @Test("check tells what is wrong with rooftop.lua")
    func rooftop() throws {
        let scratch = try Scratch()
        _ = try scratch.write("shop/rooftop.lua", "return { name = 'Shop', zone = 'Chicago', booking_link = 'x' }")
        let run = try CommandLineTool.run("check", scratch.path("shop"))
        #expect(run.status == 1)
        #expect(run.text.contains("✗ rooftop.lua  zone:"))
    }
}
