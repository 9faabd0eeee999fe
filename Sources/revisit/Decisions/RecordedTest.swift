internal import FollowUp
internal import Foundation
internal import Lua
internal import ScriptKit
internal import Scripting

/// A recorded touch as a fixture and a test of a rooftop, with stand-ins for all that is personal.
struct RecordedTest: Sendable {
    /// The test can't be written there.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    let touch: Touch.ID
    let fixture: String
    let test: String
    /// Hooks that answer otherwise today than they did then.
    let changed: [String]

    var fixtureName: String { "fixtures/touch_\(touch.number).lua" }
    var testName: String { "tests/touch_\(touch.number)_test.lua" }

    /// Asks today's scripts about the touch with its stand-ins, on a thread of a sandbox.
    init(_ touch: Touch.ID, hooks: HookRecord, decidedAt: Timestamp, messenger: Messenger) throws {
        self.touch = touch
        let recorded = try RecordedTouch(json: hooks.input)
        var standIns = StandIns(for: recorded.facts)
        let replaced = standIns.replacing(recorded)
        let moment = recorded.facts.rooftop.zone.local(at: recorded.facts.now)
        let view = View(hooks.calls, replaced)
        fixture = """
            -- Touch \(touch.number), \(recorded.facts.kind.rawValue), as scripts saw it on \(moment.date) at \(moment.time), written by `revisit record`.
            -- Names, numbers and links are made up.
            return \(view.lua)

            """
        var cases: [String] = []
        var changed: [String] = []
        for call in hooks.calls {
            let answer = Answer(call, seed: hooks.seed, messenger: messenger)
            let then = HookAnswer(call).ending
            let expected = Self.map(then) { standIns.replacing($0) }
            let today = try answer.of(replaced)
            let isSame = try today.map { $0 == expected } ?? false || answer.of(recorded) == then
            if !isSame { changed.append(call.function) }
            cases.append(view.test(call.function, today: today, then: isSame ? nil : expected))
        }
        self.changed = changed
        let files = Set(hooks.calls.map { String($0.function.prefix { $0 != "." }) }).sorted()
        test = """
            -- What the hooks answered to touch \(touch.number), written by `revisit record`; its fixture holds the touch.
            \(files.map { "local \($0) = require \"\($0)\"" }.joined(separator: "\n"))
            local touch = require "fixtures/touch_\(touch.number)"
            \(view.isSeenOtherwise ? View.helper : "")
            describe("touch \(touch.number), the \(recorded.facts.kind.rawValue) of \(moment.date)", function()
            \(cases.joined(separator: "\n\n"))
            end)

            """
    }

    /// Writes both files below the rooftop's folder; existing ones only when `isForced`.
    func write(into folder: URL, isForced: Bool) throws {
        let files = [(folder.appending(path: fixtureName), fixture), (folder.appending(path: testName), test)]
        for (file, _) in files where !isForced && FileManager.default.fileExists(atPath: file.path) {
            throw Refused(description: "\(file.path) is there already; --force writes it anew")
        }
        for (file, text) in files {
            do {
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: true, encoding: .utf8)
            } catch {
                throw Refused(description: "cannot write \(file.path): \(error.localizedDescription)")
            }
        }
    }

    private static func map(_ ending: HookAnswer.Ending, _ replace: (String) -> String) -> HookAnswer.Ending {
        switch ending {
        case .returned(let value): .returned(value.mappingTexts(replace))
        case .skipped(let reason): .skipped(replace(reason))
        case .failed(let message): .failed(replace(message))
        }
    }

    /// What today's scripts answer to the same question.
    private struct Answer {
        let function: String
        let channel: ContactChannel?
        let seed: UInt64
        let messenger: Messenger

        init(_ call: HookRecord.Call, seed: UInt64, messenger: Messenger) {
            function = call.function
            channel = ContactChannel(rawValue: String(call.function.split(separator: ".").last ?? ""))
            self.seed = seed
            self.messenger = messenger
        }

        /// Nil when the hook isn't there any more, or isn't asked.
        func of(_ touch: RecordedTouch) throws -> HookAnswer.Ending? {
            // The words for one channel are asked for with that one alone to choose.
            let permissions = channel.map { ChannelPermissions(allowed: [$0]) } ?? touch.permissions
            let draft = try messenger.draft(of: DraftRequest(facts: touch.facts, permissions: permissions, seed: seed), bundleSHA256: "")
            return draft.hooks?.calls.first { $0.function == function }.map { HookAnswer($0).ending }
        }
    }
}

/// How the hooks of one record saw the touch: `channel.choose` with the channels allowed, the others with one channel.
private struct View {
    static let helper = """

        -- The touch as message.lua sees it: on the channel chosen.
        local function on(channel, first_on_channel)
          local seen = {}
          for name, value in pairs(touch) do seen[name] = value end
          seen.channel, seen.allowed, seen.first_on_channel = channel, nil, first_on_channel
          return given.recorded(seen)
        end

        """

    private let touch: RecordedTouch
    private let choosing: Bool
    /// The channel that words were asked for.
    private let written: ContactChannel?

    init(_ calls: [HookRecord.Call], _ touch: RecordedTouch) {
        self.touch = touch
        choosing = calls.contains { $0.function == "channel.choose" }
        written = calls.compactMap { ContactChannel(rawValue: String($0.function.split(separator: ".").last ?? "")) }.first
    }

    /// Whether two hooks saw it in two ways.
    var isSeenOtherwise: Bool { choosing && written != nil }

    /// The fixture's table.
    var lua: String {
        var json = CanonicalJSON()
        json.write(touch.facts, allowed: choosing ? touch.allowed : written.map { [$0] } ?? touch.allowed)
        guard case .object(var fields) = JSONTree(text: json.text) else { return "{}" }
        if !choosing { fields["allowed"] = nil }
        let written = (HookCatalogue.shape("touch")?.fields ?? []).compactMap { field in
            fields[field.name].map { "  \(field.name) = \(Self.value($0, field.type, indent: "  ")),\n" }
        }
        return "{\n\(written.joined())}"
    }

    func test(_ function: String, today: HookAnswer.Ending?, then: HookAnswer.Ending?) -> String {
        let isChoice = function == "channel.choose"
        let argument = isChoice || !isSeenOtherwise ? "given.recorded(touch)"
            : "on(\"\(written?.rawValue ?? "sms")\", \(!touch.facts.previous.contains { $0.channel == written }))"
        let call = "\(function)(\(argument))"
        var lines: [String] = []
        if let then { lines.append("    -- Since it was recorded the answer has changed. Then: \(LuaText.comment(Self.words(then)))") }
        switch today {
        case .returned(.null): lines.append("    expect(\(call)):is_nil()")
        case .returned(let value): lines.append("    expect(\(call)):equals\(Self.argument(value))")
        case .skipped(let reason): lines.append("    expect(\(call)):is_skipped \(LuaText.quoted(reason))")
        case .failed: lines.append("    expect(function() \(call) end):errors()")
        case nil:
            return "  -- \(function) is asked no more, so that there is nothing to test. Then it \(LuaText.comment(then.map(Self.words) ?? "answered"))."
        }
        return "  it(\"\(isChoice ? "is given its channel" : "has its words") by \(function)\", function()\n\(lines.joined(separator: "\n"))\n  end)"
    }

    private static func argument(_ value: JSONTree) -> String {
        if case .string(let text) = value { return " \(LuaText.quoted(text))" }
        if case .object = value { return " " + literal(value) }
        return "(\(literal(value)))"
    }

    private static func words(_ ending: HookAnswer.Ending) -> String {
        switch ending {
        case .returned(let value): literal(value)
        case .skipped(let reason): "skip \(LuaText.quoted(reason))"
        case .failed(let message): "failed: \(message)"
        }
    }

    private static func value(_ value: JSONTree, _ type: FieldType, indent: String) -> String {
        switch (value, type) {
        case (.object(let fields), .record(let name)):
            let shape = HookCatalogue.shape(name)
            let written = (shape?.fields ?? []).compactMap { field in
                fields[field.name].map { "\(field.name) = \(Self.value($0, field.type, indent: indent + "  "))" }
            }
            return written.isEmpty ? "{}" : LuaText.wrapped(written, indent: indent)
        case (.list(let values), .list(let element)):
            let written = values.map { Self.value($0, element, indent: indent + "  ") }
            guard case .record = element, !written.isEmpty else { return written.isEmpty ? "{}" : LuaText.wrapped(written, indent: indent) }
            return "{\n" + written.map { "\(indent)  \($0),\n" }.joined() + "\(indent)}"
        default: return literal(value)
        }
    }

    private static func literal(_ value: JSONTree) -> String {
        switch value {
        case .null: return "nil"
        case .bool(let flag): return String(flag)
        case .number(let number): return Int(exactly: number).map(String.init) ?? String(number)
        case .string(let text): return LuaText.quoted(text)
        case .list(let values): return values.isEmpty ? "{}" : "{ " + values.map(literal).joined(separator: ", ") + " }"
        case .object(let fields):
            let written = fields.sorted { $0.key < $1.key }.map { name, value in
                "\(LuaText.isName(name) ? name : "[\(LuaText.quoted(name))]") = \(literal(value))"
            }
            return written.isEmpty ? "{}" : "{ " + written.joined(separator: ", ") + " }"
        }
    }
}

extension JSONTree {
    func mappingTexts(_ change: (String) -> String) -> JSONTree {
        switch self {
        case .null, .bool, .number: self
        case .string(let text): .string(change(text))
        case .list(let values): .list(values.map { $0.mappingTexts(change) })
        case .object(let fields): .object(fields.mapValues { $0.mappingTexts(change) })
        }
    }
}
