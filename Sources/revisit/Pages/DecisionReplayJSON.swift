internal import FollowUp
internal import Lua
internal import Scripting

/// What today's scripts would have altered, as lines of JSON: first the counts, then one object a change.
struct DecisionReplayJSON {
    let outcome: DecisionReplay.Outcome

    var lines: [UInt8] {
        var json = CanonicalJSON()
        json.literal("{\"schema\":\"revisit.replay-decisions/1\"")
        json.field("touches", .int(Int64(outcome.looked)))
        json.field("text", .int(Int64(outcome.count(.text))))
        json.field("channel", .int(Int64(outcome.count(.channel))))
        json.field("left_out", .int(Int64(outcome.count(.leftOut))))
        json.field("sent", .int(Int64(outcome.count(.sent))))
        json.field("reason", .int(Int64(outcome.count(.reason))))
        json.field("stay", .int(Int64(outcome.staying)))
        json.field("failing", .int(Int64(outcome.failing)))
        json.field("unreadable", .list(outcome.unreadable.map { .int($0.touch.number) }))
        json.literal("}\n")
        for change in outcome.changes {
            json.literal("{\"touch\":")
            json.write(Value.int(change.draft.touch.number))
            json.field("decided_at", .string("\(change.draft.decidedAt)"))
            json.field("kind", .string(change.draft.kind.rawValue))
            json.field("change", change.what.map { .string($0.rawValue) } ?? .null)
            json.field("old", Self.value(change.draft.decided))
            json.field("new", Self.value(change.now))
            json.field("failures", .list(change.failures.map { Self.map([("function", $0.function), ("reason", $0.reason)]) }))
            json.literal("}\n")
        }
        return json.bytes
    }

    private static func value(_ decided: RecordedDraft.Decided) -> Value {
        switch decided {
        case .notSent(let words): map([("not_sent", words)])
        case .message(.email(let subject, let text)): map([("channel", "email"), ("subject", subject), ("text", text)])
        case .message(let message): map([("channel", message.channel.rawValue), ("text", message.words)])
        }
    }

    private static func map(_ fields: [(String, String)]) -> Value {
        .map(fields.map { Value.Entry(key: .string($0.0), value: .string($0.1)) })
    }
}
