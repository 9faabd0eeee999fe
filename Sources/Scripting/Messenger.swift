public import FollowUp
public import Lua

/// Runs a rooftop's `channel.lua` and `message.lua`, with the stdlib's wording behind them.
///
/// A script that fails, is stopped, returns nonsense or breaks a rule of messages costs no touch: the default wording goes
/// out and the failure is told. Stays on the thread it was made on, as its machine does.
public final class Messenger: SandboxResident {
    /// The words of a touch, or the script's wish not to send it.
    public enum Written: Sendable, Equatable {
        case message(Message, failure: ScriptFailure?)
        case skipped(reason: String)
    }

    /// The stdlib's own wording failed: a defect of ours, never a script's.
    public struct NoDefaultWording: Error, CustomStringConvertible {
        public let description: String
    }

    private static let choose = FunctionName("channel", "choose")

    private let machine: Machine
    private let image: Image
    private let limits: HookLimits
    private var encoder = ValueEncoder()
    private var json = CanonicalJSON()
    /// The calls of the rooftop's own hooks while a draft is made.
    private var calls: [HookRecord.Call] = []

    /// Loads the bundle. Throws `ScriptError` or `LimitExceeded` when a file doesn't load.
    public init(bundle: ScriptBundle, on machine: Machine, limits: HookLimits = HookLimits()) throws {
        self.limits = limits
        self.machine = machine
        let own = bundle.present.filter { $0 == "channel" || $0 == "message" }
        let writers = ContactChannel.allCases.flatMap { [FunctionName("message", $0.rawValue), FunctionName("wording", $0.rawValue)] }
        image = try machine.makeImage(
            of: Program(sources: bundle.sources, entries: own + ["wording"], recordTypes: TouchRecord.types, base: bundle.base.map { Program.Base(sources: $0, entries: ["wording"]) }),
            functions: writers.filter { $0.file == "wording" || own.contains("message") } + (own.contains("channel") ? [Self.choose] : []),
            limits: limits.loading)
    }

    public var byteCount: Int { image.byteCount }

    /// Finds channel and words of a touch, with a record of what its hooks were told and said.
    public func draft(of request: DraftRequest, bundleSHA256: String) throws -> Draft {
        calls.removeAll(keepingCapacity: true)
        var draft = try written(request)
        json.removeAll()
        json.write(request.facts, allowed: request.permissions.allowed)
        draft.hooks = HookRecord(seed: request.seed, bundleSHA256: bundleSHA256, input: json.text, calls: calls)
        return draft
    }

    private func written(_ request: DraftRequest) throws -> Draft {
        let wish = wish(for: request.facts, permissions: request.permissions, seed: request.seed)
        let failures = [wish.failure].compactMap { $0 }
        if let reason = wish.skipped { return Draft(content: .skipped(reason: reason), failures: failures) }
        guard let channel = request.permissions.channel(wished: wish.channel) else { return Draft(content: .noChannel, failures: failures) }
        switch try write(request.facts, on: channel, seed: request.seed) {
        case .message(let message, let failure):
            return Draft(content: .message(message), failures: failures + [failure].compactMap { $0 })
        case .skipped(let reason): return Draft(content: .skipped(reason: reason), failures: failures)
        }
    }

    /// The channel that the script would like; nil for no opinion. What is permitted is for the contact policy to say.
    public func wish(
        for facts: TouchFacts, permissions: ChannelPermissions, seed: UInt64
    ) -> (channel: ContactChannel?, skipped: String?, failure: ScriptFailure?) {
        guard image.has(Self.choose), let host = permissions.channel() else { return (nil, nil, nil) }
        let outcome = ownCall(Self.choose, facts, channel: host, allowed: permissions.allowed, seed: seed)
        switch outcome {
        case .returned(.null): return (nil, nil, nil)
        case .returned(.string(let text)):
            if let channel = ContactChannel(rawValue: text) { return (channel, nil, nil) }
            let names = ContactChannel.allCases.map(\.rawValue)
            let hint = Suggestion.hint(for: text, among: names)
            return (nil, nil, wrong(Self.choose, "returned '\(text)', expected \(names.joined(separator: ", ")) or nil\(hint.isEmpty ? "; write one of these names" : hint)"))
        case .skipped(let reason): return (nil, reason, nil)
        case .returned, .quarantined, .failed, .killed: return (nil, nil, failure(Self.choose, outcome))
        }
    }

    /// The words of the touch on that channel.
    public func write(_ facts: TouchFacts, on channel: ContactChannel, seed: UInt64) throws -> Written {
        let own = FunctionName("message", channel.rawValue)
        var failed: ScriptFailure?
        if image.has(own) {
            let outcome = ownCall(own, facts, channel: channel, allowed: nil, seed: seed)
            switch outcome {
            case .returned(.null): break
            case .skipped(let reason): return .skipped(reason: reason)
            case .returned(let value):
                switch Self.message(value, channel) {
                case .success(let message):
                    let findings = MessageLint.findings(in: message, for: facts)
                    if findings.isEmpty { return .message(MessageLint.withOptOut(message, from: facts.rooftop), failure: nil) }
                    failed = failure(own, findings.map(\.description).joined(separator: "; "))
                case .failure(let shape): failed = wrong(own, shape.what)
                }
            case .quarantined, .failed, .killed: failed = failure(own, outcome)
            }
        }
        return .message(try defaultWording(facts, on: channel, seed: seed), failure: failed)
    }

    private func defaultWording(_ facts: TouchFacts, on channel: ContactChannel, seed: UInt64) throws(NoDefaultWording) -> Message {
        let function = FunctionName("wording", channel.rawValue)
        let outcome = call(function, facts, channel: channel, allowed: nil, seed: seed)?.outcome ?? .returned(.null)
        guard case .returned(let value) = outcome, case .success(let message) = Self.message(value, channel) else {
            throw NoDefaultWording(description: "the standard wording failed: \(failure(function, outcome).reason)")
        }
        return MessageLint.withOptOut(message, from: facts.rooftop)
    }

    /// Calls a function of the rooftop's own and keeps its answer.
    private func ownCall(
        _ function: FunctionName, _ facts: TouchFacts, channel: ContactChannel, allowed: [ContactChannel]?, seed: UInt64
    ) -> CallResult.Outcome {
        guard let result = call(function, facts, channel: channel, allowed: allowed, seed: seed) else { return .returned(.null) }
        json.removeAll()
        json.write(result.outcome)
        let outcome = json.bytes.count > HookRecord.Call.outcomeBytesMost ? "{\"too_long\":\(json.bytes.count)}" : json.text
        calls.append(
            HookRecord.Call(
                function: function.description, outcome: outcome, place: (result.place ?? image.definition(of: function))?.description))
        return result.outcome
    }

    private func call(
        _ function: FunctionName, _ facts: TouchFacts, channel: ContactChannel, allowed: [ContactChannel]?, seed: UInt64
    ) -> CallResult? {
        encoder.reset()
        let root = TouchRecord.write(facts, channel: channel, allowed: allowed, to: &encoder)
        let limits = function == Self.choose ? limits.channel : limits.message
        return machine.call(function, in: image, with: encoder, root: root, seed: seed, limits: limits)
    }

    private struct WrongShape: Error { let what: String }

    private static func message(_ value: Value, _ channel: ContactChannel) -> Result<Message, WrongShape> {
        switch channel {
        case .sms:
            guard let text = value.string else { return .failure(WrongShape(what: Self.noText(value))) }
            return .success(.sms(text))
        case .call:
            guard let text = value.string else { return .failure(WrongShape(what: Self.noText(value))) }
            return .success(.call(talkingPoints: text))
        case .email:
            guard let subject = value["subject"].string, let text = value["text"].string else {
                let lacking = ["subject", "text"].filter { value[$0].string == nil }.joined(separator: " and ")
                let what = value.string == nil ? "\(value.kind) without \(lacking)" : "text alone"
                return .failure(WrongShape(what: "returned \(what), expected subject and text; write return { subject = \"…\", text = \"…\" }"))
            }
            return .success(.email(subject: subject, text: text))
        }
    }

    private static func noText(_ value: Value) -> String {
        let isTable = value.list != nil || value.entries != nil
        let remedy = isTable ? "write one text, its pieces joined with .." : "write a text in quotes, or make one with tostring(…)"
        return "returned \(value.kind), expected text or nil; \(remedy)"
    }

    /// A result of the wrong shape, shown with the line that returned it.
    private func wrong(_ function: FunctionName, _ problem: String) -> ScriptFailure {
        ScriptFailure(function: function.description, reason: image.error(in: function, problem).description)
    }

    private func failure(_ function: FunctionName, _ reason: String) -> ScriptFailure {
        let place = image.definition(of: function).map { "\($0): " } ?? ""
        return ScriptFailure(function: function.description, reason: place + reason)
    }

    private func failure(_ function: FunctionName, _ outcome: CallResult.Outcome) -> ScriptFailure {
        switch outcome {
        case .failed(let error): ScriptFailure(function: function.description, reason: error.description)
        case .killed(let limit): ScriptFailure(function: function.description, reason: limit.description)
        case .returned(let value): wrong(function, "returned \(value.kind), expected text or nil; write the name of a channel in quotes")
        case .skipped(let reason), .quarantined(let reason): failure(function, "returned a mark, '\(reason)', that has no meaning here")
        }
    }
}
