internal import TreeShim

/// A parsed record: its parts one after another, each with the place where its own parts end.
///
/// Used again for the next record: what it gave of the last is gone then. Not sendable.
public final class RecordTree {
    public enum Kind: UInt8, Sendable {
        case null, `false`, `true`, integer, double, text
        /// JSON. The parts of an object have names.
        case list, object
        /// XML. The attributes of an element come before its elements; names have no prefix.
        case element, attribute
    }

    /// The text is not well-formed.
    public struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        /// As "has a text whose quote is not closed".
        public let description: String
    }

    private let parser: OpaquePointer
    // Looked at for each part of each record: what the parser has is read and never written here.
    @exclusivity(unchecked) private var parts: UnsafePointer<tree_part>?
    @exclusivity(unchecked) private var bytes: UnsafePointer<UInt8>?
    /// How many parts there are; the first is the record itself.
    @exclusivity(unchecked) public private(set) var count = 0

    public init() {
        guard let parser = tree_parser_new() else { preconditionFailure("no memory for a parser") }
        self.parser = parser
    }

    deinit {
        tree_parser_free(parser)
    }

    /// Parses a record of a feed of that kind.
    public func parse(_ text: UnsafeRawBufferPointer, as format: FeedFormat.Kind) throws(Malformed) {
        let start = text.assumingMemoryBound(to: UInt8.self).baseAddress
        let status = format == .xml ? tree_parse_xml(parser, start, text.count) : tree_parse_json(parser, start, text.count)
        guard status == 0 else {
            count = 0
            var offset = 0
            throw Malformed(description: tree_error(parser, &offset).map { String(cString: $0) } ?? "is not well-formed")
        }
        parts = tree_parts(parser, &count)
        bytes = tree_bytes(parser)
    }

    public func kind(_ part: Int) -> Kind { Kind(rawValue: at(part).kind) ?? .null }

    /// The place after the last part of a part.
    public func end(_ part: Int) -> Int { Int(at(part).end) }

    public func integer(_ part: Int) -> Int64 { at(part).value.integer }
    public func double(_ part: Int) -> Double { at(part).value.number }

    /// The bytes of a part's name: UTF-8, valid until the next record is parsed.
    public func name(_ part: Int) -> UnsafeRawBufferPointer { range(at(part).name, at(part).name_length) }

    /// The bytes of a part's text; of an element, its own, without blanks around it.
    public func text(_ part: Int) -> UnsafeRawBufferPointer { range(at(part).text, at(part).text_length) }

    private func at(_ part: Int) -> tree_part {
        precondition(part >= 0 && part < count, "a record has no part at this place")
        return parts.unsafelyUnwrapped[part]
    }

    private func range(_ start: UInt32, _ length: UInt32) -> UnsafeRawBufferPointer {
        guard let bytes, length > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: bytes + Int(start), count: Int(length))
    }
}

extension RecordTree {
    /// The text at a path as UTF-8, or nil when there is none: the first that has all of its names. A number or a flag is given
    /// as JSON writes it.
    public func text(at path: TreePath) -> [UInt8]? {
        count == 0 ? nil : text(at: path.steps[...], in: 0)
    }

    private func text(at steps: ArraySlice<[UInt8]>, in part: Int) -> [UInt8]? {
        guard let step = steps.first else { return plainText(part) }
        var child = part + 1
        while child < end(part) {
            if kind(part) == .list {
                if let found = text(at: steps, in: child) { return found }
            } else if isNamed(child, step), let found = text(at: steps.dropFirst(), in: child) {
                return found
            }
            child = end(child)
        }
        return nil
    }

    private func isNamed(_ part: Int, _ step: [UInt8]) -> Bool {
        if kind(part) == .attribute { return step.first == UInt8(ascii: "@") && name(part).elementsEqual(step.dropFirst()) }
        return name(part).elementsEqual(step)
    }

    private func plainText(_ part: Int) -> [UInt8]? {
        switch kind(part) {
        case .text, .element, .attribute: Array(text(part))
        case .integer: Array(String(integer(part)).utf8)
        case .double: Array(String(double(part)).utf8)
        case .true: Array("true".utf8)
        case .false: Array("false".utf8)
        case .null, .list, .object: nil
        }
    }
}

/// Names that lead into a tree, from the record on: with dots between them in JSON, with slashes in XML, where `@name` is an
/// attribute.
public struct TreePath: Sendable, Equatable {
    let steps: [[UInt8]]

    public init(_ path: String, in format: FeedFormat.Kind) {
        steps = path.split(separator: format == .xml ? "/" : ".").map { Array($0.utf8) }
    }
}
