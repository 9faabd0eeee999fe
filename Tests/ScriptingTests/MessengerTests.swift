import FollowUp
import Scripting
import Lua
import Testing

@Suite struct MessengerTests {
    @Test("R9, R10, R11, R12, R13, R14, R15: the default wording keeps every rule for every kind, channel, category and missing field", arguments: TouchKind.allCases)
    func defaultWording(kind: TouchKind) throws {
        let rooftop = try Rooftop()
        let messenger = try Messenger(bundle: rooftop.bundle, on: Machine())
        let catalogue = Catalogue.usual
        let other = catalogue.category(opCode: nil, description: "recommended work")
        let measured = Condition(measure: .brakePadRear, value: 3, unit: .mm)
        for category in catalogue.categories + [other] {
            for missing in 0..<16 {
                let lead = DeclinedItem(
                    opCode: category.opCodes.first, description: (category.words.first ?? "recommended work").uppercased(),
                    priceCents: 41_250, condition: missing & 1 == 0 ? measured : nil)
                let customer = Customer(name: "Maria Lopez", firstName: missing & 2 == 0 ? "Maria" : nil)
                let vehicle = missing & 4 == 0 ? Vehicle(year: 2016, make: "Ford", model: "EXPLORER") : Vehicle()
                let others = [DeclinedItem(opCode: "CABF", description: "CABIN AIR FILTER"), DeclinedItem(opCode: "ALGN", description: "4-WHEEL ALIGNMENT")]
                let facts = try Rooftop.facts(
                    kind, declined: missing & 8 == 0 ? [lead] : [lead] + others, customer: customer, vehicle: vehicle,
                    mileage: missing & 4 == 0 ? 48_210 : nil)
                for channel in ContactChannel.allCases {
                    guard case .message(let message, let failure) = try messenger.write(facts, on: channel, seed: 1) else {
                        Issue.record("the default wording skipped a touch")
                        continue
                    }
                    #expect(failure == nil)
                    #expect(MessageLint.findings(in: message, for: facts) == [], "\(category.code) \(channel): \(message.words)")
                    #expect(message.words.contains("Hillside Auto"))
                    if case .sms(let text) = message {
                        #expect(text.contains("STOP"))
                        #expect(TextSegments.count(of: text) <= 2, "\(text)")
                    }
                }
            }
        }
    }

    @Test("a rooftop's own words go out, and what it leaves out has the default wording")
    func ownWords() throws {
        let own = "local say = require 'say' return { sms = function(touch) if touch.kind == 'reminder' then return say.fill('Hi {first_name}, your {items} from {visit_day}: reply and we will fit you in. {rooftop}', touch) end end }"
        let rooftop = try Rooftop(message: own)
        let messenger = try Messenger(bundle: rooftop.bundle, on: Machine())
        let written = try messenger.write(Rooftop.facts(), on: .sms, seed: 1)
        #expect(written == .message(.sms("Hi Maria, your rear brake pads and rotors from Tuesday, March 3: reply and we will fit you in. Hillside Auto Reply STOP to opt out."), failure: nil))
        guard case .message(.sms(let text), nil) = try messenger.write(Rooftop.facts(.final), on: .sms, seed: 1) else {
            Issue.record("expected the default wording")
            return
        }
        #expect(text.contains("closing the loop"))
        let nameless = try Rooftop.facts(customer: Customer(name: "BLUE HERON INC"))
        guard case .message(.sms(let other), nil) = try messenger.write(nameless, on: .sms, seed: 1) else {
            Issue.record("a missing name is no failure")
            return
        }
        #expect(other.hasPrefix("Hello"))
    }

    static let broken: [(String, String)] = [
        ("while true do end", "ran too long"),
        ("local t = {} while true do t[#t+1] = ('x'):rep(9999) .. #t end", "too much memory"),
        ("error('no idea')", "no idea"),
        ("return touch.custmer.name", "touch has no field 'custmer'; did you mean 'customer'?"),
        ("return 7", "returned a number"),
        ("local t = {} t.t = t return t", "contains itself"),
        ("return ''", "M9"),
        ("return 'We noticed you had deferred maintenance.'", "M5"),
        ("return 'Your rear brake pads, seen March 3, cost $412.50. Reply to book'", "M3"),
        ("return 'Hi nil, your rear brake pads of March 3: reply to book'", "M8"),
        ("return quarantine 'x'", "no meaning here"),
    ]

    @Test("promise 5: a script that fails costs no touch; default wording goes out and its line is told", arguments: broken)
    func costsNoTouch(body: String, words: String) throws {
        let rooftop = try Rooftop(message: "return {\n  sms = function(touch)\n    \(body)\n  end,\n}")
        let facts = try Rooftop.facts()
        guard case .message(let message, let failure?) = try Messenger(bundle: rooftop.bundle, on: Machine()).write(facts, on: .sms, seed: 1) else {
            Issue.record("expected the default wording and a failure")
            return
        }
        #expect(MessageLint.findings(in: message, for: facts) == [])
        #expect(failure.reason.contains(words), "\(failure.reason)")
        #expect(failure.reason.contains("message.lua:"), "\(failure.reason)")
    }

    @Test("a script may leave a touch out, with its reason")
    func skip() throws {
        let rooftop = try Rooftop(message: "return { sms = function(touch) return skip 'fleet' end }")
        #expect(try Messenger(bundle: rooftop.bundle, on: Machine()).write(Rooftop.facts(), on: .sms, seed: 1) == .skipped(reason: "fleet"))
    }

    @Test("a channel script may wish; what it returns besides is a failure with a suggestion")
    func channel() throws {
        let permissions = ChannelPermissions(customer: Customer(phone: "+13125550142", email: "a@example.com", textOK: true), optOuts: [])
        for (body, wish, words) in [
            ("return 'email'", ContactChannel.email, nil), ("return nil", nil, nil),
            ("return 'emial'", nil, "did you mean 'email'?"), ("return touch.allowed[3]", .call, nil),
        ] as [(String, ContactChannel?, String?)] {
            let rooftop = try Rooftop(channel: "return { choose = function(touch) \(body) end }")
            let answer = try Messenger(bundle: rooftop.bundle, on: Machine()).wish(for: Rooftop.facts(), permissions: permissions, seed: 1)
            #expect(answer.channel == wish)
            if let words { #expect(answer.failure?.reason.contains(words) == true) } else { #expect(answer.failure == nil) }
        }
    }
}
