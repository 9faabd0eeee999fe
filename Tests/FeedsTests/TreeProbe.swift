import Feeds
import Foundation
import Testing

/// A record parsed and written out again: `name(part part)`, texts in single quotes, attributes with an `@`.
func outline(_ text: String, _ kind: FeedFormat.Kind) throws -> String {
    let tree = RecordTree()
    try parse(text, kind, into: tree)
    return outline(tree, 0)
}

func parse(_ text: String, _ kind: FeedFormat.Kind, into tree: RecordTree) throws {
    try Array(text.utf8).withUnsafeBytes { bytes in try tree.parse(bytes, as: kind) }
}

func outline(_ tree: RecordTree, _ part: Int) -> String {
    let name = String(decoding: tree.name(part), as: UTF8.self)
    let text = "'\(String(decoding: tree.text(part), as: UTF8.self))'"
    var parts: [String] = []
    var child = part + 1
    while child < tree.end(part) {
        parts.append(outline(tree, child))
        child = tree.end(child)
    }
    let inside = parts.joined(separator: " ")
    let value =
        switch tree.kind(part) {
        case .null: "null"
        case .false: "false"
        case .true: "true"
        case .integer: String(tree.integer(part))
        case .double: String(tree.double(part))
        case .text: text
        case .list: "[\(inside)]"
        case .object: "{\(inside)}"
        case .attribute: "=\(text)"
        case .element: (text == "''" ? "" : text) + (parts.isEmpty ? "" : "(\(inside))")
        }
    return tree.kind(part) == .element ? name + value : tree.kind(part) == .attribute ? "@\(name)\(value)" : name.isEmpty ? value : "\(name):\(value)"
}

/// Reads a feed of trees from memory.
func xml(_ text: String, path: String = "RO", limits: FeedLimits = FeedLimits()) throws -> Reading {
    try read(Array(text.utf8), format { ($0.kind, $0.path) = (.xml, path) }, limits: limits)
}

extension Reading {
    /// The records as they stand in the file.
    var texts: [String] { rows.map { String(decoding: $0.raw, as: UTF8.self) } }
    var setAside: [String] { quarantined.map { String(decoding: $0.rawBytes, as: UTF8.self) } }
}

/// The bytes of a sample of an export.
func fixture(_ name: String) throws -> [UInt8] {
    let url = try #require(Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Fixtures"))
    return try Array(Data(contentsOf: url))
}

extension FeedLimits {
    static func with(_ change: (inout FeedLimits) -> Void) -> FeedLimits {
        var limits = FeedLimits()
        change(&limits)
        return limits
    }
}
