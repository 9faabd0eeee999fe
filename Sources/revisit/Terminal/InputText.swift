internal import Foundation

/// A small file that the user names.
enum InputText {
    struct Unreadable: Error, CustomStringConvertible {
        let description: String
    }

    static func read(_ path: String) throws -> String {
        do {
            return try String(contentsOf: URL(filePath: path), encoding: .utf8)
        } catch {
            throw Unreadable(description: "cannot read \(path): \(error.localizedDescription)")
        }
    }
}
