internal import Foundation

/// Where the tool remembers things between runs of one user: `$XDG_STATE_HOME/revisit`, or `~/.local/state/revisit`.
struct StateFolder: Sendable {
    let url: URL

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            url = URL(filePath: state).appending(path: "revisit")
        } else {
            url = URL(filePath: environment["HOME"] ?? "/").appending(path: ".local/state/revisit")
        }
    }
}
