internal import Feeds
internal import Lua

/// One raw record as a person looks at it: its fields by name, and which of them the mapping read.
struct SourceRecord: Sendable {
    struct Field: Sendable {
        /// A column, or a path: `jobs[].status`, `Job/@op`.
        let name: String
        let text: String
        let wasRead: Bool
    }

    /// Of several kinds in the feed, this one's name.
    let kind: String?
    let place: RecordPlace
    let fields: [Field]
}

extension SourceRecord {
    /// A row, written as `part`.
    init(_ row: FeedRow, _ columns: FeedColumns, part: ValueEncoder.Part, in encoder: borrowing ValueEncoder) {
        kind = columns.name
        place = row.place
        var fields: [Field] = []
        for (cell, name) in columns.header.columns.enumerated() {
            fields.append(Field(name: name, text: row[cell], wasRead: cell < row.cellCount && encoder.wasRead(cell: cell, of: part)))
        }
        self.fields = fields
    }

    /// A tree, whose named parts were written with `names`.
    init(_ tree: RecordTree, place: RecordPlace, names: [Int: ValueEncoder.Part], in encoder: borrowing ValueEncoder) {
        kind = nil
        self.place = place
        var fields: [Field] = []
        var outer: [(path: String, end: Int)] = []
        for part in 0..<tree.count {
            while let last = outer.last, part >= last.end { outer.removeLast() }
            let above = outer.last?.path ?? ""
            let path = Self.path(of: part, in: tree, above: above)
            if tree.end(part) > part + 1 { outer.append((path, tree.end(part))) }
            guard let text = Self.text(of: part, in: tree) else { continue }
            fields.append(Field(name: path, text: text, wasRead: names[part].map { encoder.wasRead($0) } ?? Self.isInReadList(above, fields)))
        }
        self.fields = fields
    }

    private static func path(of part: Int, in tree: RecordTree, above: String) -> String {
        let name = String(decoding: tree.name(part), as: UTF8.self)
        switch tree.kind(part) {
        case .attribute: return "\(above)/@\(name)"
        case .element: return above.isEmpty ? name : "\(above)/\(name)"
        case .list: return (above.isEmpty || name.isEmpty ? above + name : "\(above).\(name)") + "[]"
        case .null, .false, .true, .integer, .double, .text, .object:
            return above.isEmpty || name.isEmpty ? above + name : "\(above).\(name)"
        }
    }

    private static func text(of part: Int, in tree: RecordTree) -> String? {
        switch tree.kind(part) {
        case .null: ""
        case .false: "false"
        case .true: "true"
        case .integer: String(tree.integer(part))
        case .double: String(tree.double(part))
        case .text, .attribute: String(decoding: tree.text(part), as: UTF8.self)
        case .element: tree.end(part) > part + 1 && tree.text(part).isEmpty ? nil : String(decoding: tree.text(part), as: UTF8.self)
        case .list, .object: nil
        }
    }

    /// What stands in a list has no name to mark: it counts as read when the list was.
    private static func isInReadList(_ above: String, _ fields: [Field]) -> Bool { above.hasSuffix("[]") }
}
