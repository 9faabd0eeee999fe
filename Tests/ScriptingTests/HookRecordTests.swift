import FollowUp
import Lua
import Scripting
import Testing

@Suite struct HookRecordTests {
    /// Touches with everything, with nothing that may be missing, and with characters that JSON escapes.
    static func touches() throws -> [TouchFacts] {
        var full = try Rooftop.facts(
            .season,
            declined: [
                DeclinedItem(
                    opCode: "BRKR", description: "REAR \"PADS\" & ROTORS\n\u{1F}\\", priceCents: 41_250, severity: .yellow,
                    condition: Condition(measure: .brakePadRear, value: 3.25, unit: .mm)),
                DeclinedItem(description: "MYSTERY WORK", priceCents: 5_000),
            ],
            customer: Customer(name: "María O'Brien", firstName: "María", textOK: true, emailOK: false, preferredChannel: .email))
        full.isLate = true
        full.rooftop.city = "Dayton"
        full.previous = [
            .init(kind: .reminder, channel: .sms, status: "delivered", sentOn: full.visitOn + 3),
            .init(kind: .condition, channel: .email, status: "uncertain", sentOn: full.visitOn + 10),
        ]
        var bare = try Rooftop.facts(
            declined: [DeclinedItem(description: "X")], customer: Customer(), vehicle: Vehicle(), mileage: nil)
        bare.rooftop.phone = nil
        bare.rooftop.postalAddress = nil
        let fleet = try Rooftop.facts(.final, customer: Customer(name: "BLUE HERON INC", textOK: false))
        // A night on which 01:30 comes twice.
        var twice = try Rooftop.facts()
        twice.now = twice.rooftop.zone.timestamp(of: LocalDate("2026-11-01")!, LocalTime("01:30")!) + 3600
        return [try Rooftop.facts(), full, bare, fleet, twice]
    }

    @Test("a touch, written and read back, is written as the same bytes", arguments: [[], [ContactChannel.email], [.call, .sms, .email]])
    func roundTrip(allowed: [ContactChannel]) throws {
        for facts in try Self.touches() {
            let first = Self.json(facts, allowed)
            let read = try RecordedTouch(json: first)
            #expect(Self.json(read.facts, read.allowed) == first)
            #expect(read.permissions.allowed == allowed)
        }
    }

    static let spelling = """
        local function say(value, path, lines)
          if type(value) == "string" or type(value) ~= "table" and tostring(value):find "^[%d.-]+$" or type(value) == "boolean" then
            lines[#lines + 1] = path .. "=" .. tostring(value)
            return
          end
          for key, field in pairs(value) do say(field, path .. "." .. tostring(key), lines) end
        end
        return function(touch)
          local lines = {}
          say(touch, "", lines)
          return table.concat(lines, "\\n")
        end
        """

    @Test("a script that tells every field of the touch says the same of the touch that was read back")
    func sameForScripts() throws {
        let rooftop = try Rooftop(
            message: "local say = (function() \(Self.spelling) end)() return { sms = say, email = say, call = say }",
            channel: "local say = (function() \(Self.spelling) end)() return { choose = say }")
        let messenger = try Messenger(bundle: rooftop.bundle, on: Machine())
        for facts in try Self.touches() {
            for allowed in [[ContactChannel.email, .sms], [.call]] {
                let read = try RecordedTouch(json: Self.json(facts, allowed))
                let once = try messenger.draft(of: request(facts, allowed), bundleSHA256: "b")
                let again = try messenger.draft(of: request(read.facts, read.allowed), bundleSHA256: "b")
                #expect(once == again)
                let said = try #require(once.hooks?.calls.first?.outcome)
                #expect(said.contains(".item.name=") && said.contains(".rooftop.zone=") && said.contains(".allowed.1="))
            }
        }
    }

    @Test("a draft's record has seed, scripts, and the answer of each hook of the rooftop's own, with its place")
    func calls() throws {
        let rooftop = try Rooftop(
            message: "return {\n  email = function(touch)\n    return { subject = 'Rear brakes', text = 'Your rear brakes, seen March 3: reply.' }\n  end,\n}",
            channel: "return {\n  choose = function(touch) return 'email' end,\n}")
        let messenger = try Messenger(bundle: rooftop.bundle, on: Machine())
        let hooks = try #require(try messenger.draft(of: request(Rooftop.facts(), [.sms, .email]), bundleSHA256: "abc").hooks)
        #expect(hooks.seed == 12 && hooks.bundleSHA256 == "abc")
        #expect(hooks.calls == [
            .init(function: "channel.choose", outcome: #"{"returned":"email"}"#, place: "channel.lua:2"),
            .init(
                function: "message.email",
                outcome: #"{"returned":{"subject":"Rear brakes","text":"Your rear brakes, seen March 3: reply."}}"#, place: "message.lua:2"),
        ])
        let standard = try #require(try messenger.draft(of: request(Rooftop.facts(), [.sms]), bundleSHA256: "abc").hooks)
        #expect(standard.calls.map(\.function) == ["channel.choose"], "the standard wording is no call, and a choice that isn't allowed is one")
    }

    @Test("skip, error, limit and an answer that is too long are recorded as such, where they happened", arguments: [
        ("return skip 'fleet'", #"{"skipped":"fleet"}"#, "message.lua:3"), ("error('no idea')", #"{"failed":"no idea"}"#, "message.lua:3"),
        ("while true do end", #"{"killed":"the script ran too long (instruction limit) in 'sms' and was stopped"}"#, "message.lua:3"),
        ("return ('x'):rep(20000)", #"{"too_long":20015}"#, "message.lua:2"), ("return nil", #"{"returned":null}"#, "message.lua:2"),
    ])
    func endings(body: String, outcome: String, place: String) throws {
        let rooftop = try Rooftop(message: "return {\n  sms = function(touch)\n    \(body)\n  end,\n}")
        let draft = try Messenger(bundle: rooftop.bundle, on: Machine()).draft(of: request(Rooftop.facts(), [.sms]), bundleSHA256: "b")
        let call = try #require(draft.hooks?.calls.first)
        if !outcome.contains("killed") { #expect(call.outcome == outcome) } else { #expect(call.outcome.hasPrefix(#"{"killed":"the script ran"#)) }
        #expect(call.place == place)
    }

    @Test("what is no recorded touch is refused with the field that is wrong", arguments: [
        ("7", "can't be read"), ("{}", "has no kind"), (nil, "rooftop.zone is 'Mars/North'"),
    ])
    func unreadable(json: String?, words: String) throws {
        let text = try json ?? Self.json(Rooftop.facts(), [.sms]).replacing("America/Chicago", with: "Mars/North")
        #expect { try RecordedTouch(json: text) } throws: { "\($0)".contains(words) }
    }

    private func request(_ facts: TouchFacts, _ allowed: [ContactChannel]) -> DraftRequest {
        DraftRequest(facts: facts, permissions: ChannelPermissions(allowed: allowed), seed: 12)
    }

    static func json(_ facts: TouchFacts, _ allowed: [ContactChannel]) -> String {
        var json = CanonicalJSON()
        json.write(facts, allowed: allowed)
        return json.text
    }
}
