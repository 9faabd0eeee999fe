import Lua
import Testing

@Suite struct RecordTests {
    @Test("a script reads the fields of a record and of the records inside it")
    func reads() throws {
        #expect(try Sandbox.value("return touch.kind .. touch.day .. touch.customer.first_name .. touch.items[2] .. #touch.items") == .string("reminder3Anatires2"))
        #expect(try Sandbox.value("return touch.customer.name") == .null)
        #expect(try Sandbox.value("return touch.customer == touch.customer and type(touch) == 'table'") == .bool(true))
    }

    @Test("a misspelt field fails with a suggestion at its line")
    func misspelt() throws {
        let error = try #require(try Sandbox.error("\nreturn touch.custmer.name"))
        #expect(error.message == "touch has no field 'custmer'; did you mean 'customer'?")
        #expect(error.file == "main.lua")
        #expect(error.line == 3)
        #expect(error.excerpt == "return touch.custmer.name")
        #expect(try Sandbox.error("return touch.knid")?.message == "touch has no field 'knid'; did you mean 'kind'?")
        #expect(try Sandbox.error("return touch.zzz")?.message .hasPrefix("touch has no field 'zzz'; it has kind, ") == true)
    }

    @Test("an input can't be changed")
    func frozen() throws {
        let body = "touch.kind = 'x'"
        #expect(try Sandbox.error(body)?.message == "touch is read-only; copy what you need into a table of your own")
        #expect(try Sandbox.error("touch.items[1] = 'x'")?.message.hasPrefix("this list is read-only") == true)
        #expect(try Sandbox.error("rawset(touch, 'kind', 'x')") != nil)
    }

    @Test("pairs and ipairs walk records and lists")
    func walks() throws {
        #expect(try Sandbox.value("local t = {} for k in pairs(touch) do t[#t+1] = k end return table.concat(t, ' ')") == .string("kind customer items day"))
        #expect(try Sandbox.value("local t = {} for _, v in ipairs(touch.items) do t[#t+1] = v end return table.concat(t, ' ')") == .string("pads tires"))
        #expect(try Sandbox.value("return table.concat(touch.items, '+')") == .string("pads+tires"))
    }

    @Test("the iterator of pairs, called by hand with something else, is an ordinary error", arguments: ["", "nil", "5", "{}", "print", "'touch'"])
    func iteratorByHand(argument: String) throws {
        for walked in ["touch", "touch.items"] {
            let error = try Sandbox.error("local step = pairs(\(walked)) return step(\(argument))")
            #expect(error?.message.hasPrefix("bad argument #1 to 'step' (record or list expected") == true, "\(String(describing: error))")
        }
    }

    @Test("a record handed back is copied by its fields")
    func copiedBack() throws {
        #expect(try Sandbox.value("return { touch.customer }") == .list([.map([.init(key: .string("first_name"), value: .string("Ana"))])]))
    }

    @Test("a row gives its cells by column name and by place, and a missing cell as empty text")
    func rows() throws {
        let sandbox = try Sandbox("return { run = function(row) return row.RO .. '|' .. row.Closed .. '|' .. row[1] .. '|' .. row[9] .. '|' .. #row end, typo = function(row) return row.Closd end }")
        let functions = [FunctionName("main", "run"), FunctionName("main", "typo")]
        let image = try sandbox.machine.makeImage(
            extending: sandbox.image, with: [RecordType(name: "row", fields: ["RO", "Closed"], isRow: true)], functions: functions)
        var encoder = ValueEncoder()
        let row = encoder.record(type: 2, [encoder.string("0042")])
        #expect(try sandbox.machine.call(functions[0], in: image, with: encoder, root: row)?.value() == .string("0042||0042||1"))
        guard case .failed(let error)? = sandbox.machine.call(functions[1], in: image, with: encoder, root: row)?.outcome else {
            Issue.record("a misspelt column must fail")
            return
        }
        #expect(error.message == "row has no column 'Closd'; did you mean 'Closed'?")
    }

    @Test("a part is the same value each time it is asked for, in short lists and in long ones", arguments: [1, 64, 65, 200])
    func sameParts(_ count: Int) throws {
        let sandbox = try Sandbox(
            """
            return { run = function(touch)
              local seen = {}
              for i, item in ipairs(touch.items) do
                if item.name ~= "item " .. i or item ~= touch.items[i] or seen[item] then return i end
                seen[item] = true
              end
              for i, item in pairs(touch.items) do if not seen[item] then return -i end end
              return touch.customer == touch.customer and #touch.items
            end }
            """)
        var encoder = ValueEncoder()
        let items = (1...count).map { encoder.record(type: 1, [.none, encoder.string("item \($0)")]) }
        let customer = encoder.record(type: 1, [encoder.string("Ana"), .none])
        let root = encoder.record(type: 0, [encoder.string("reminder"), customer, encoder.list(items), .none])
        let result = sandbox.machine.call(FunctionName("main", "run"), in: sandbox.image, with: encoder, root: root)
        #expect(try result?.value() == .int(Int64(count)))
    }

    @Test("a row of several kinds tells its kind, and a column named record comes before it")
    func kinds() throws {
        let sandbox = try Sandbox("return { run = function(rows) local t = {} for i, row in ipairs(rows) do t[i] = row.record .. row[1] end return table.concat(t, ' ') end }")
        let run = FunctionName("main", "run")
        let types = [
            RecordType(name: "H", fields: ["RO"], isRow: true, kind: "H"),
            RecordType(name: "L", fields: ["LINE", "record"], isRow: true, kind: "L"),
        ]
        let image = try sandbox.machine.makeImage(extending: sandbox.image, with: types, functions: [run])
        var encoder = ValueEncoder()
        let rows = encoder.begin()
        encoder.add(encoder.record(type: 2, [encoder.string("1")]))
        encoder.add(encoder.record(type: 3, [encoder.string("2"), encoder.string("own")]))
        let root = encoder.endList(rows)
        #expect(try sandbox.machine.call(run, in: image, with: encoder, root: root)?.value() == .string("H1 own2"))
    }
}
