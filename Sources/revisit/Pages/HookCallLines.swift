internal import FollowUp
internal import Foundation

/// A hook's answer in words: `returned "email"`, `returned the text`, `left the touch out: fleet`.
struct HookAnswer: Equatable {
    enum Ending: Equatable {
        case returned(JSONTree)
        case skipped(String)
        /// In words, what went wrong.
        case failed(String)
    }

    let function: String
    let place: String?
    let ending: Ending

    init(_ call: HookRecord.Call) {
        function = call.function
        place = call.place
        let outcome = JSONTree(text: call.outcome)
        if let value = outcome["returned"] {
            ending = .returned(value)
        } else if let reason = outcome["skipped"]?.string {
            ending = .skipped(reason)
        } else if let message = (outcome["failed"] ?? outcome["killed"])?.string {
            ending = .failed(message)
        } else if let reason = outcome["quarantined"]?.string {
            ending = .failed("returned quarantine \"\(reason)\"")
        } else {
            ending = .failed("returned more than is kept")
        }
    }

    /// "channel.lua:9 returned "email"".
    var words: String { "\(place ?? function) \(verb)" }

    private var verb: String {
        switch ending {
        case .skipped(let reason): "left the touch out: \(reason)"
        case .failed(let message): "failed: \(message)"
        case .returned(.null): function == "channel.choose" ? "returned nil: no wish" : "returned nil: the standard wording"
        case .returned(.string(let text)): function == "channel.choose" ? "returned \"\(text)\"" : "returned the text"
        case .returned(.object) where function == "message.email": "returned the e-mail"
        case .returned: "returned something else"
        }
    }
}

/// JSON in memory, with numbers as they are written.
indirect enum JSONTree: Decodable, Equatable {
    case null, bool(Bool), number(Double), string(String), list([JSONTree]), object([String: JSONTree])

    /// What is no JSON is null.
    init(text: String) {
        do {
            self = try JSONDecoder().decode(JSONTree.self, from: Data(text.utf8))
        } catch {
            self = .null
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() { self = .null; return }
        do { self = .bool(try container.decode(Bool.self)); return } catch {}
        do { self = .number(try container.decode(Double.self)); return } catch {}
        do { self = .string(try container.decode(String.self)); return } catch {}
        do { self = .list(try container.decode([JSONTree].self)); return } catch {}
        self = .object(try container.decode([String: JSONTree].self))
    }

    subscript(key: String) -> JSONTree? {
        if case .object(let fields) = self { fields[key] } else { nil }
    }

    var string: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
