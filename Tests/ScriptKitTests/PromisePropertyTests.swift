import FollowUp
import Foundation
import Lua
import SQLiteStorage
import ScriptKit
import Testing

/// The promises of docs/contact-policy.md on generated customers, visits, zones, outages and scripts, end to end: real
/// scripts, a real ledger file, the production workers.
@Suite struct PromisePropertyTests {
    static let simulations = 20
    static let customersEach = 500
    static let lanes = 2

    @Test("promises 1, 2, 3, 5, 7 and 9 hold for 10,000 customers, whatever scripts say and however long it stood still")
    func promises() async throws {
        let named = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap(UInt64.init)
        let seed = named ?? UInt64.random(in: 0...999_999)
        print("promises: REVISIT_SEED=\(seed)")
        var zones = Set<String>()
        var sent = 0
        // A simulation is one thread's work.
        try await withThrowingTaskGroup(of: (sent: Int, zones: Set<String>).self) { lanes in
            for lane in 0..<Self.lanes {
                lanes.addTask {
                    var sent = 0
                    var zones = Set<String>()
                    for number in stride(from: lane, to: Self.simulations, by: Self.lanes) {
                        var random = SeededRandom(seed: seed, stream: UInt64(number))
                        let world = try await World(number, using: &random)
                        let broken = try await world.run()
                        #expect(broken == [], "REVISIT_SEED=\(seed), simulation \(number)")
                        zones.formUnion(world.zones)
                        sent += world.gateway.intents.count
                    }
                    return (sent, zones)
                }
            }
            for try await lane in lanes {
                sent += lane.sent
                zones.formUnion(lane.zones)
            }
        }
        print("promises: \(sent) touches sent in \(zones.count) zones")
        #expect(sent > Self.simulations * Self.customersEach / 2, "the simulations must send enough to prove something")
    }
}

/// Rooftops that share one ledger and some customers, over 60 days across a change of clocks.
private final class World {
    static let hostile: [(message: String?, channel: String?)] = [
        (nil, nil),
        ("return { sms = function() while true do end end, email = function() return 7 end }", nil),
        ("return { sms = function() error('no idea') end, call = function() local t = {} t.t = t return t end }", "return { choose = function() return 'sms' end }"),
        ("return { sms = function() return '' end, email = function() local t = {} while true do t[#t + 1] = ('x'):rep(999) .. #t end end }", "return { choose = function() return 'fax' end }"),
        ("return { sms = function(t) return 'Hi nil, we noticed you had deferred maintenance' end, call = function(t) return t.custmer end }", "return { choose = function(t) return t.allowed[#t.allowed] end }"),
        ("return { email = function(t) return { subject = 'x', text = t.customer.name .. '$99' } end, sms = function(t) return skip 'no texts' end }", "return { choose = function() while true do end end }"),
    ]

    let gateway = RecordingGateway()
    let rooftops: [TestRooftop]
    let outages: [Range<Timestamp>]
    var zones: Set<String> { Set(rooftops.map { $0.rooftop.zone.identifier }) }
    private let orders: [[RepairOrder]]
    private let seed: UInt64
    private var optOuts: [(at: Timestamp, point: ContactPoint)] = []

    init(_ number: Int, using random: inout SeededRandom) async throws {
        let all = UnitedStatesAndCanadaZones.identifiers
        // Loops are stopped sooner than in production, as thousands of them run.
        var limits = Limits()
        limits.fuel = 300_000
        var rooftops: [TestRooftop] = []
        for place in 0..<8 {
            let scripts = Self.hostile[Int.random(in: 0..<Self.hostile.count, using: &random)]
            rooftops.append(try await TestRooftop(
                id: "r\(place)", zone: all[(number * 8 + place) % all.count],
                hours: Bool.random(using: &random) ? ", hours = { open = '08:00', close = '20:30', closed = { 'sunday' } }" : "",
                message: scripts.message, channel: scripts.channel, limits: limits))
        }
        self.rooftops = rooftops
        // Sixty days over the change to daylight time of March 8, or back from it on November 1.
        let first = LocalDate(number % 2 == 0 ? "2026-01-20" : "2026-09-20") ?? LocalDate.first
        orders = Self.orders(from: first, rooftops.count, using: &random)
        seed = random.next()
        outages = (0..<Int.random(in: 0...2, using: &random)).map { place in
            let start = Zone.utc.timestamp(of: first + 12 + place * 22 + Int.random(in: 0..<8, using: &random), .midnight)
                + Int64.random(in: 0..<86_400, using: &random)
            return start..<start + Int64.random(in: 3600...(6 * 86_400), using: &random)
        }
    }

    func run() async throws -> [String] {
        let ledger = try rooftops[0].scratchLedger()
        let participants = zip(rooftops, orders).map { Simulation.Participant(rooftop: $0.rooftop, writer: $0.scripts, orders: $1) }
        let simulation = Simulation(
            participants, ledger: ledger, gateway: gateway, until: Simulation.end(of: participants, days: 60), customers: .drawn(seed: seed),
            outages: outages
        ) { "t\($0.number)" }
        try await simulation.run { event in
            guard case .replied(let touch?, let words, _, _, let at) = event, ReplyMeaning(of: words) == .optOut,
                let intent = gateway.intents.last(where: { $0.touch == touch })
            else { return }
            optOuts.append((at, intent.channel == .email ? .email(intent.address) : .phone(intent.address)))
        }
        let broken = try findBroken()
        try ledger.close()
        return broken
    }

    /// Says which promise a sent touch breaks; looks at what the gateway was given, and asks none of the rules.
    private func findBroken() throws -> [String] {
        var broken: [String] = []
        var byAddress: [String: [Timestamp]] = [:]
        var seen: Set<Touch.ID> = []
        var perRooftop: [String: [(sentAt: Timestamp, dueAt: Timestamp)]] = [:]
        for intent in gateway.intents {
            let name = "\(intent.rooftop) \(intent.touch) \(intent.kind) \(intent.channel) at \(intent.decidedAt)"
            func check(_ holds: Bool, _ promise: String) { if !holds { broken.append("\(promise): \(name)") } }
            check(seen.insert(intent.touch).inserted, "4: sent once")
            byAddress[intent.address, default: []].append(intent.decidedAt)

            let place = try #require(rooftops.firstIndex { $0.rooftop.id == intent.rooftop })
            let rooftop = rooftops[place].rooftop
            let mine = orders[place].filter { $0.customer.phone == intent.address || $0.customer.email == intent.address }
            let today = Self.local(intent.decidedAt, rooftop.zone)
            for order in mine {
                let age = today.date - order.closedOn
                // A visit is known on the morning after it.
                check(age < 1 || age >= 2 || today.minute < 6 * 60, "1: not on day 0 or 1")
            }
            let point: ContactPoint = intent.channel == .email ? .email(intent.address) : .phone(intent.address)
            check(!optOuts.contains { $0.point == point && $0.at <= intent.decidedAt }, "2: opted out")
            switch intent.channel {
            case .sms: check(mine.contains { $0.customer.textOK == true }, "2: text without consent")
            case .email: check(mine.contains { $0.customer.emailOK != false }, "2: e-mail refused")
            case .call: break
            }
            checkHours(intent, rooftop, check)
            checkWords(intent, rooftop, mine, check)
            let shifts = mine.map { today.date - ($0.closedOn + intent.kind.day) }
            check(shifts.contains { (0...intent.kind.graceDays).contains($0) }, "9: neither early nor stale")
            let planned = mine.map { $0.closedOn + intent.kind.day }.filter { (0...intent.kind.graceDays).contains(today.date - $0) }
            let dueAt = rooftop.zone.timestamp(of: planned.max() ?? today.date, rooftop.cadence.sendAt)
            perRooftop[intent.rooftop, default: []].append((intent.decidedAt, dueAt))
            check(!outages.contains { $0.contains(intent.decidedAt) }, "9: nothing runs in an outage")
        }
        for (address, times) in byAddress {
            let sorted = times.sorted()
            for place in sorted.indices.dropFirst() where sorted[place] - sorted[place - 1] < 72 * 3600 {
                broken.append("1: two touches within 72 hours to \(address.suffix(4))")
            }
            for place in sorted.indices.dropFirst(3) where sorted[place] - sorted[place - 3] < 30 * 86_400 {
                broken.append("1: a fourth touch in 30 days to \(address.suffix(4))")
            }
        }
        for outage in outages where outage.upperBound - outage.lowerBound > 6 * 3600 + 3 * 3600 {
            for sends in perRooftop.values { broken += Self.bursts(after: outage, sends) }
        }
        return broken
    }

    private func checkHours(_ intent: Intent, _ rooftop: Rooftop, _ check: (Bool, String) -> Void) {
        let here = Self.local(intent.decidedAt, rooftop.zone)
        guard let open = rooftop.hours.hours[here.date.weekday] else { return check(false, "3: the rooftop is closed that day") }
        check(open.minutes.contains(here.minute), "3: the rooftop's hours")
        guard intent.address.hasPrefix("+") else { return }
        for place in RecipientLocation(phone: intent.address, rooftop: rooftop.hours.place).candidates {
            let there = Self.local(intent.decidedAt, place.zone)
            // Canada's rule begins later and ends at 21:30.
            let latest = place.country == .canada ? 21 * 60 + 30 : 21 * 60
            check((8 * 60..<latest).contains(there.minute), "3: the recipient's hours in \(place.zone)")
        }
    }

    private func checkWords(_ intent: Intent, _ rooftop: Rooftop, _ mine: [RepairOrder], _ check: (Bool, String) -> Void) {
        let words = intent.message.words
        let visits = mine.map { String($0.closedOn.words.drop { $0 != "," }.dropFirst(2)) }
        check(visits.contains { words.contains($0) }, "7: names the visit")
        check(words.contains(rooftop.bookingLink) || words.contains("555-0100"), "7: a way to respond")
        check(!words.split { !$0.isLetter }.contains("nil"), "7: shows no nil")
        check(!words.contains("{"), "7: shows no placeholder")
        if intent.channel == .sms { check(words.contains("STOP"), "7: opt-out words") }
        let names = mine.flatMap { rooftop.catalogue.items(declinedOn: $0) }.map(\.category.name)
        check(names.contains { words.lowercased().contains($0) }, "7: names the work")
    }

    /// The local date and minute; that offsets are right is for the tests of the calendar.
    private static func local(_ instant: Timestamp, _ zone: Zone) -> (date: LocalDate, minute: Int) {
        let seconds = instant.secondsSince1970 + Int64(zone.offsetSeconds(at: instant))
        return (LocalDate(dayNumber: Int(seconds / 86_400)), Int(seconds % 86_400) / 60)
    }

    /// In the first hour after a long outage no more of its backlog goes out than twice the normal hourly rate, or the
    /// least rate. What falls due after the outage is no backlog.
    private static func bursts(after outage: Range<Timestamp>, _ sends: [(sentAt: Timestamp, dueAt: Timestamp)]) -> [String] {
        let before = sends.count { $0.sentAt < outage.lowerBound && $0.sentAt >= outage.lowerBound - 28 * 86_400 }
        let rate = max(OutageRule.leastPerHour, 2 * before / (28 * 7))
        let after = sends.filter { $0.dueAt < outage.upperBound && (outage.upperBound..<outage.upperBound + 3600).contains($0.sentAt) }
        return after.count > rate ? ["9: \(after.count) touches in the first hour after an outage, normal \(rate)"] : []
    }

    private static func orders(from first: LocalDate, _ rooftops: Int, using random: inout SeededRandom) -> [[RepairOrder]] {
        var orders: [[RepairOrder]] = Array(repeating: [], count: rooftops)
        let work: [(String, String, Int?)] = [
            ("BRKR", "REAR BRAKE PADS & ROTORS", 412_50), ("CABF", "CABIN AIR FILTER", 64_95), ("TBLT", "TIMING BELT", 1_250_00),
            ("STRT", "FRONT STRUTS", 1_100_00), ("BATT", "BATTERY", nil), ("TIRE4", "REPLACE 4 TIRES", 906_00),
        ]
        for customer in 0..<PromisePropertyTests.customersEach {
            let number = Int.random(in: 200..<990, using: &random) * 10_000_000 + 555_0000 + Int.random(in: 100..<200, using: &random)
            let shared = random.chance(100) ? Int.random(in: 0..<max(1, customer), using: &random) : customer
            let person = Customer(
                name: "Kim \(customer)", firstName: random.chance(800) ? "Kim" : nil,
                phone: random.chance(900) ? "+1\(number)" : nil,
                email: random.chance(700) ? "c\(shared)@example.com" : nil,
                textOK: [true, false, nil][Int.random(in: 0..<3, using: &random)],
                emailOK: [true, false, nil][Int.random(in: 0..<3, using: &random)],
                preferredChannel: [.text, .email, .call, nil][Int.random(in: 0..<4, using: &random)])
            var place = Int.random(in: 0..<rooftops, using: &random)
            for visit in 0..<(random.chance(250) ? 2 : 1) {
                if random.chance(200) { place = Int.random(in: 0..<rooftops, using: &random) }
                let items = (0..<Int.random(in: 1...3, using: &random)).map { _ in work[Int.random(in: 0..<work.count, using: &random)] }
                orders[place].append(
                    RepairOrder(
                        roNumber: .init("\(customer)-\(visit)"), closedOn: first + Int.random(in: 0..<45, using: &random) + visit,
                        mileage: random.chance(700) ? 48_210 : nil, customer: person,
                        vehicle: random.chance(800) ? Vehicle(year: 2019, make: "Ford", model: "ESCAPE") : Vehicle(),
                        declined: items.map { DeclinedItem(opCode: $0.0, description: $0.1, priceCents: $0.2) }, performed: []))
            }
        }
        return orders
    }
}
