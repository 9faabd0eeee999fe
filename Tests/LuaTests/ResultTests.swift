import Lua
import Testing

@Suite struct ResultTests {
    @Test("plain values come out as they are")
    func plain() throws {
        #expect(try Sandbox.value("return 'é'") == .string("é"))
        #expect(try Sandbox.value("return 7") == .int(7))
        #expect(try Sandbox.value("return 1.5") == .double(1.5))
        #expect(try Sandbox.value("return {}") == .empty)
        #expect(try Sandbox.value("return { 1, { a = true } }") == .list([.int(1), .map([.init(key: .string("a"), value: .bool(true))])]))
    }

    @Test("keys come out in one order")
    func order() throws {
        guard case .map(let entries) = try Sandbox.value("return { b = 1, a = 2, [10] = 3, [-1] = 4, Z = 5 }") else {
            Issue.record("expected a map")
            return
        }
        #expect(entries.map(\.key) == [.int(-1), .int(10), .string("Z"), .string("a"), .string("b")])
    }

    @Test("what can't be copied is refused by its place", arguments: [
        ("return { a = { print } }", "the result.a[1] is a function, not a plain value"),
        ("local t = {} t.t = t return t", "nested too deep (a table that contains itself?)"),
        ("return { [true] = 1 }", "the result has a key that is neither text nor a number"),
    ])
    func refused(body: String, message: String) throws {
        #expect(try Sandbox.error(body)?.message.hasSuffix(message) == true)
    }

    @Test("a result that doubles at each level is stopped")
    func billionLaughs() throws {
        #expect(try Sandbox.error("local t = {1} for _ = 1, 14 do t = {t, t, t} end return t")?.message.contains("more values") == true)
    }

    @Test("no metamethod runs while a result is copied")
    func noMetamethods() throws {
        #expect(try Sandbox.value("return setmetatable({ 1 }, { __index = error, __len = error, __pairs = error })") == .list([.int(1)]))
    }

    @Test("skip and quarantine say why")
    func sentinels() throws {
        #expect(try Sandbox.result("return skip 'fleet'").outcome == .skipped(reason: "fleet"))
        #expect(try Sandbox.result("return quarantine 'no date'").outcome == .quarantined(reason: "no date"))
    }

    @Test("an error of any kind is a message", arguments: ["error()", "error({})", "error(print)", "error(true)"])
    func oddErrors(body: String) throws {
        #expect(try Sandbox.error(body)?.message.contains("instead of a message") == true)
    }

    @Test("print is captured")
    func printed() throws {
        #expect(try Sandbox.result("print('a', 1, nil, {})").printed == "a\t1\tnil\ttable: 0x00000001\n")
    }
}
