public import FollowUp
internal import Foundation
public import Lua
public import Scripting

/// A session at the prompt: one customer's follow-up to walk through, and Lua to try on it. It works on a copy and never sends.
public actor ReplSession {
    /// What a session is about; loaded again when a script changes.
    public struct Subject: Sendable {
        public let bundle: ScriptBundle
        public let rooftop: Rooftop
        public let writer: any TouchWriter
        public let orders: [RepairOrder]

        public init(bundle: ScriptBundle, rooftop: Rooftop, writer: any TouchWriter, orders: [RepairOrder]) {
            self.bundle = bundle
            self.rooftop = rooftop
            self.writer = writer
            self.orders = orders
        }
    }

    /// What an entry gives back.
    public struct Answer: Sendable, Equatable {
        public enum Kind: Sendable { case done, failed, needsMore, end }

        public let text: String
        public let kind: Kind

        public static func done(_ text: String) -> Answer { Answer(text: text, kind: .done) }
        public static func failed(_ text: String) -> Answer { Answer(text: text, kind: .failed) }
    }

    /// Writes what a test is made of, and gives the paths.
    public typealias SaveTest = @Sendable (SavedTest) async throws -> [String]

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private let thread = SandboxThread()
    private let load: @Sendable () async throws -> Subject
    private let makeLedger: @Sendable () throws -> any Journey.Ledger
    private let link: @Sendable (Touch.ID) -> String
    private let saveTest: SaveTest
    private(set) var subject: Subject?
    private(set) var sandbox: PromptSandbox?
    private var copy: TouchCopy?
    private(set) var journey: Journey?
    private(set) var look: Journey.Look?
    private var past: [(roNumber: RepairOrder.Number, now: Timestamp, steps: [Scenario.Step])] = []
    /// The last expression that gave one value, and the value as it was shown.
    private var lastValue: (entry: String, shown: String)?
    private var touch: (facts: TouchFacts, allowed: [ContactChannel])?
    private var touchValue: Value?
    /// Nothing was looked at yet: the first entry pays for it, so that the prompt is there at once.
    private var isUnseen = false

    /// - Parameters:
    ///   - load: Loads scripts and repair orders.
    ///   - makeLedger: Gives an empty ledger, to be thrown away.
    ///   - link: Gives the path of a touch's booking link, as long as a real one.
    public init(
        load: @escaping @Sendable () async throws -> Subject, makeLedger: @escaping @Sendable () throws -> any Journey.Ledger,
        link: @escaping @Sendable (Touch.ID) -> String, saveTest: @escaping SaveTest
    ) {
        self.load = load
        self.makeLedger = makeLedger
        self.link = link
        self.saveTest = saveTest
    }

    /// Loads all, goes to a repair order's visit, and gives the first line. Throws what loading throws.
    public func begin(roNumber: RepairOrder.Number?) async throws -> Answer {
        let subject = try await load()
        try take(subject)
        guard let number = roNumber ?? subject.orders.first(where: { !$0.declined.isEmpty })?.roNumber ?? subject.orders.first?.roNumber else {
            return .done("No repair order at hand: Lua and .doc work, the rest needs an export in fixtures/. Type .help")
        }
        let line = try await go(to: number)
        return line.kind == .failed ? line : .done("\(line.text) \(subject.rooftop.name), \(subject.rooftop.zone.identifier). Type .help")
    }

    /// Runs an entry: a command or Lua, of one line or several.
    public func answer(_ entry: String) async -> Answer {
        let text = entry.trimmed
        if text.isEmpty { return .done("") }
        if isUnseen, let look {
            do {
                try await show(at: look.now)
            } catch {
                return .failed("\(error)")
            }
        }
        if text.hasPrefix(".") && !text.hasPrefix("..") { return await command(text) }
        return evaluate(text)
    }

    /// Loads the scripts again, as they are now; the names given at the prompt are gone.
    public func reload() async -> Answer {
        do {
            let before = subject?.bundle.contents ?? []
            let subject = try await load()
            try take(subject)
            if let journey {
                self.journey = try renewed(journey, subject)
                if let look { try await show(at: look.now) }
            }
            let changed = subject.bundle.contents.filter { now in !before.contains { $0.name == now.name && $0.text == now.text } }
            return .done(changed.isEmpty ? "loaded again; nothing has changed" : "loaded again: \(changed.map(\.name).joined(separator: ", "))")
        } catch {
            return .failed("\(error)")
        }
    }

    /// What a word at the prompt may become.
    public func completions(of line: String) async -> [String] {
        if line.hasPrefix("."), !line.contains(" ") {
            return PromptCommand.allCases.map { "." + $0.rawValue }.filter { $0.hasPrefix(line) }
        }
        if line.hasPrefix(".ro "), let subject {
            let start = line.split(separator: " ").dropFirst().first.map(String.init) ?? ""
            return subject.orders.map(\.roNumber.text).filter { $0.hasPrefix(start) }
        }
        // The touch is known once it was looked at; a look that fails is told by the entry that follows.
        if isUnseen, let look { try? await show(at: look.now) }
        let word = String(line.reversed().prefix { $0.isLetter || $0.isNumber || "_.:".contains($0) }.reversed())
        if line.hasPrefix(".doc ") { return documentation.names.filter { $0.hasPrefix(word) } }
        return sandbox?.completions(of: word) ?? []
    }

    // MARK: - Lua

    private func evaluate(_ entry: String) -> Answer {
        guard let sandbox else { return .failed("the scripts don't load; mend them and .reload") }
        let printed = { sandbox.last?.printed ?? "" }
        switch sandbox.evaluate(entry) {
        case .incomplete: return Answer(text: "", kind: .needsMore)
        case .values(let values):
            if values.count == 1 { lastValue = (entry, values[0]) }
            return .done(printed() + values.joined(separator: "\n"))
        case .failed(let error): return .failed(printed() + Self.words(error))
        case .stopped(let limit): return .failed(printed() + limit.reason)
        }
    }

    /// What was typed needs no place; what stands in a file does.
    private static func words(_ error: ScriptError) -> String {
        guard let file = error.file, file != "prompt", file != "prompt.lua" else {
            return error.message.components(separatedBy: ", in prompt.lua")[0]
        }
        return error.description
    }

    // MARK: - Commands

    private func command(_ text: String) async -> Answer {
        let word = String(text.dropFirst().prefix { $0 != " " })
        let rest = String(text.dropFirst(word.count + 1)).trimmed
        guard let command = PromptCommand(rawValue: word) else {
            let names = PromptCommand.allCases.map(\.rawValue)
            return .failed("there is no command .\(word)\(Suggestion.hint(for: word, among: names)); .help lists them")
        }
        do {
            return try await run(command, rest)
        } catch {
            return .failed("\(error)")
        }
    }

    private func run(_ command: PromptCommand, _ rest: String) async throws -> Answer {
        switch command {
        case .help: return .done(PromptCommand.page)
        case .quit: return Answer(text: "", kind: .end)
        case .ros: return .done(list(subject?.orders ?? []))
        case .ro:
            guard !rest.isEmpty else { return .failed("expected a repair order's number, as .ro 1042; .ros lists them") }
            return try await go(to: RepairOrder.Number(rest))
        case .doc: return documentation.answer(rest)
        case .reload: return await reload()
        case .budget: return budget
        case .at: return try await move(to: rest)
        case .back: return try await back()
        case .reply:
            guard !rest.isEmpty else { return .failed("expected what the customer says, as .reply STOP") }
            let optsOut = ReplyMeaning(of: rest) == .optOut
            return try await act(.reply(rest), "the customer: “\(rest)”\(optsOut ? " · opted out: nothing more goes there" : "")")
        case .book: return try await act(.booking, "the customer books")
        case .due, .touches, .why, .preview:
            guard let look, let journey else { return .failed("no repair order is at hand; .ro NUMBER goes to one") }
            let page = LookPage(look: look, journey: journey)
            switch command {
            case .due: return .done(page.due)
            case .touches: return .done(page.touches)
            case .why: return .done(page.why)
            default: return try await preview(rest, page)
            }
        case .saveTest: return try await saveLast(as: rest)
        }
    }

    private func list(_ orders: [RepairOrder]) -> String {
        guard !orders.isEmpty else { return "none" }
        let lines = orders.prefix(40).map { order in
            let items = order.declined.map(\.description).joined(separator: ", ")
            return "  \(order.roNumber.text.padding(to: 10)) \(order.closedOn)  \((order.customer.name ?? "no name").padding(to: 22)) \(items.isEmpty ? "nothing declined" : items)"
        }
        return lines.joined(separator: "\n") + (orders.count > 40 ? "\n  and \(orders.count - 40) more" : "")
    }

    private var budget: Answer {
        guard let last = sandbox?.last, let limits = sandbox?.limits else { return .failed("nothing has run yet") }
        let percent = Double(last.fuelUsed) * 100 / Double(limits.fuel)
        let share = percent < 1 ? "under 1" : String(Int(percent.rounded()))
        return .done(
            "\(last.fuelUsed) of \(limits.fuel) instructions (\(share) %), \(last.memoryPeakBytes / 1024) of \(limits.memoryBytes / 1024) KB of memory")
    }

    // MARK: - Time

    private func go(to number: RepairOrder.Number) async throws -> Answer {
        guard let subject else { return .failed("nothing is loaded") }
        guard let order = subject.orders.last(where: { $0.roNumber == number }) else {
            let near = Suggestion.hint(for: number.text, among: subject.orders.map(\.roNumber.text))
            return .failed("there is no repair order \(number)\(near); .ros lists those at hand")
        }
        let mine = subject.orders.filter { $0.roNumber == number || $0.customer.isSamePerson(as: order.customer) }
        journey = Journey(
            .init(rooftop: subject.rooftop, writer: subject.writer, orders: mine), roNumber: number, makeLedger: makeLedger, link: link)
        past = []
        let closes = subject.rooftop.hours.hours[order.closedOn.weekday]?.closes
        let zone = subject.rooftop.zone
        let now = zone.timestamp(of: order.closedOn, closes ?? subject.rooftop.cadence.sendAt)
        look = Journey.Look(now: now, sent: [], touches: [], due: [], decision: nil, facts: [:])
        isUnseen = true
        return .done(moment)
    }

    private func renewed(_ journey: Journey, _ subject: Subject) throws -> Journey {
        let mine = subject.orders.filter { order in journey.participant.orders.contains { $0.roNumber == order.roNumber } }
        var renewed = Journey(
            .init(rooftop: subject.rooftop, writer: subject.writer, orders: mine), roNumber: journey.roNumber, makeLedger: makeLedger, link: link)
        renewed.steps = journey.steps
        return renewed
    }

    private func move(to text: String) async throws -> Answer {
        guard let journey, let look, let order = journey.repairOrder else { return .failed("no repair order is at hand; .ro NUMBER goes to one") }
        let rooftop = journey.rooftop
        let moment = try PromptTime.moment(
            text, now: look.now, visit: order.closedOn, sendAt: rooftop.cadence.sendAt, zone: rooftop.zone)
        guard abs(moment - look.now) < 3 * 365 * Timestamp.secondsPerDay else { return .failed("that is more than three years away") }
        past.append((journey.roNumber, look.now, journey.steps))
        try await show(at: moment)
        return .done(momentWithDue)
    }

    private func back() async throws -> Answer {
        guard let last = past.popLast() else { return .failed("this is where you began") }
        journey?.steps = last.steps
        try await show(at: last.now)
        return .done(moment)
    }

    private func act(_ act: Scenario.Act, _ words: String) async throws -> Answer {
        guard let journey, let look else { return .failed("no repair order is at hand; .ro NUMBER goes to one") }
        past.append((journey.roNumber, look.now, journey.steps))
        let local = journey.rooftop.zone.local(at: look.now)
        self.journey?.steps.append(Scenario.Step(roNumber: journey.roNumber, moment: .at(local.date, local.time), act: act))
        try await show(at: look.now)
        let ended = self.look?.touches.compactMap(\.ended).first
        return .done("\(words)\(ended.map { ": \($0), so the follow-up ends" } ?? "")")
    }

    private func show(at now: Timestamp) async throws {
        guard let journey else { return }
        let look = try await journey.look(at: now)
        self.look = look
        // A look that failed, as for a completion, is tried again by the next entry, which tells of it.
        isUnseen = false
        let next = try await look.decision == nil ? nextDecision(after: look) : look.decision
        // When nothing comes any more, the last touch that was at hand stays.
        guard let facts = next?.facts, let permissions = next?.permissions, let channel = permissions.channel(), let copy else { return }
        let value = try copy.value(of: facts, on: channel, allowed: permissions.allowed)
        touch = (facts, permissions.allowed)
        touchValue = value
        try sandbox?.set(touch: value)
    }

    /// When nothing is due, the next touch as it will be when its time has come.
    private func nextDecision(after look: Journey.Look) async throws -> Journey.Decision? {
        guard let journey else { return nil }
        var look = look
        // A visit is known on the morning after it.
        if look.touches.isEmpty, let order = journey.repairOrder {
            look = try await journey.look(at: max(look.now, journey.rooftop.zone.timestamp(of: order.closedOn + 2, .midnight)))
        }
        guard let next = look.touches.filter({ $0.state == .planned }).min(by: { $0.looksAt < $1.looksAt }) else { return nil }
        return try await journey.look(at: max(next.looksAt, look.now)).decision
    }

    private var moment: String {
        guard let look, let journey else { return "" }
        return PromptTime.words(look.now, in: journey.rooftop.zone)
    }

    private var momentWithDue: String {
        guard let look, let journey, !look.due.isEmpty else { return moment }
        return "\(moment)  due: \(LookPage(look: look, journey: journey).dueNames)"
    }

    // MARK: - Pages

    private func preview(_ channel: String, _ page: LookPage) async throws -> Answer {
        guard !channel.isEmpty else {
            if look?.decision != nil { return .done(page.preview) }
            guard let look, let next = try await nextDecision(after: look), let journey else { return .done("no touch is due or comes; .touches tells") }
            return .done("next, as it stands now:\n" + LookPage(look: .init(now: look.now, sent: [], touches: [], due: [], decision: next, facts: [:]), journey: journey).preview)
        }
        guard let wished = ContactChannel(rawValue: channel) else {
            return .failed("expected sms, email or call, got: \(channel)")
        }
        guard let look, let journey else { return .failed("no repair order is at hand") }
        let decision: Journey.Decision? = if let now = look.decision { now } else { try await nextDecision(after: look) }
        guard let facts = decision?.facts else { return .done("no touch is due or comes; .touches tells") }
        let draft = try await journey.participant.writer.drafts(of: [
            DraftRequest(facts: facts, permissions: ChannelPermissions(allowed: [wished]), seed: 0)
        ])
        return .done(draft.first.map { page.picture(of: $0, facts: facts) } ?? "")
    }

    private func saveLast(as name: String) async throws -> Answer {
        guard let lastValue else { return .failed("type an expression first, as message.sms(touch); .save-test keeps what it gave") }
        guard let touch, let touchValue, let copy, let sandbox, let subject else {
            return .failed("no touch is at hand to save; .ro NUMBER goes to a repair order")
        }
        var standIns = StandIns(for: touch.facts)
        let standIn = standIns.replacing(RecordedTouch(facts: touch.facts, allowed: touch.allowed))
        let expression = standIns.replacing(lastValue.entry)
        let title = name.isEmpty ? "\(expression) for repair order \(standIn.facts.roNumber)" : standIns.replacing(name)
        guard let channel = ChannelPermissions(allowed: touch.allowed).channel() else { return .failed("no channel is permitted for this touch") }
        let saved = try copy.value(of: standIn.facts, on: channel, allowed: standIn.allowed)
        // What it gives is asked again, with the stand-ins.
        try sandbox.set(touch: saved)
        let evaluated = sandbox.evaluate(expression)
        try sandbox.set(touch: touchValue)
        guard case .values(let shown) = evaluated, shown.count == 1 else {
            return .failed("\(expression) gives no single value with made-up names in the touch; nothing is saved")
        }
        let paths = try await saveTest(
            SavedTest(folder: subject.bundle.folder, title: title, touch: saved, expression: expression, shown: shown[0]))
        return .done("saved \(paths.joined(separator: " and ")); names, numbers and links are made up")
    }

    // MARK: - Loading

    private func take(_ subject: Subject) throws {
        sandbox = try PromptSandbox(bundle: subject.bundle)
        if copy == nil { copy = try TouchCopy() }
        self.subject = subject
        if let touchValue { try sandbox?.set(touch: touchValue) }
    }

    private var documentation: PromptDocs { PromptDocs(sources: subject?.bundle.sources ?? []) }
}

extension String {
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
