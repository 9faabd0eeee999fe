internal import FollowUp
internal import Server
internal import Synchronization

/// The rooftops that are served, each with its folder, as they were last read.
final class ServedRooftops: Sendable {
    /// A folder that can't be taken beside those that are served.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    private struct State {
        var served: [(folder: String, rooftop: Rooftop)] = []
        /// Made when it is asked for.
        var directory: RooftopDirectory?
    }

    private let state = Mutex(State())

    var all: [(folder: String, rooftop: Rooftop)] { state.withLock { $0.served } }
    var count: Int { state.withLock { $0.served.count } }

    func name(of id: String) -> String? { state.withLock { $0.served.first { $0.rooftop.id == id }?.rooftop.name } }

    /// For pages and answers. The first rooftop takes what strangers write.
    var directory: RooftopDirectory {
        state.withLock { state in
            if let directory = state.directory { return directory }
            let facts = state.served.map { RooftopFacts(id: $0.rooftop.id, name: $0.rooftop.name, phone: $0.rooftop.phone.map(Self.readable)) }
            let directory = RooftopDirectory(facts, fallback: facts.first?.id ?? "")
            state.directory = directory
            return directory
        }
    }

    /// Takes what can be loaded; gives what is wrong with the others, a line each.
    func takeAll(_ folders: [String]) async -> [String] {
        var refusals: [String] = []
        for folder in folders {
            do {
                try take(try await RooftopFolder(folder).rooftop, from: folder)
            } catch {
                refusals.append("\(folder): \(error)")
            }
        }
        return refusals
    }

    /// It isn't served after all.
    func drop(_ folder: String) {
        state.withLock { state in
            state.served.removeAll { $0.folder == folder }
            state.directory = nil
        }
    }

    /// Takes a rooftop, or what has become of one.
    ///
    /// - Throws: `Refused` when its id is another folder's, or was another one when it was first taken.
    func take(_ rooftop: Rooftop, from folder: String) throws {
        try state.withLock { state in
            if let other = state.served.first(where: { $0.rooftop.id == rooftop.id && $0.folder != folder }) {
                throw Refused(description: "its id \(rooftop.id) is that of \(other.folder) too; give each its own")
            }
            if let place = state.served.firstIndex(where: { $0.folder == folder }) {
                let id = state.served[place].rooftop.id
                guard id == rooftop.id else { throw Refused(description: "its id was \(id) and is \(rooftop.id); change it back, or restart revisit serve") }
                state.served[place].rooftop = rooftop
            } else {
                state.served.append((folder, rooftop))
            }
            state.directory = nil
        }
    }

    /// "(217) 555-0100" of "+12175550100"; numbers of other countries stay as they are.
    private static func readable(_ phone: String) -> String {
        guard phone.hasPrefix("+1"), phone.count == 12 else { return phone }
        let digits = phone.dropFirst(2)
        return "(\(digits.prefix(3))) \(digits.dropFirst(3).prefix(3))-\(digits.suffix(4))"
    }
}
