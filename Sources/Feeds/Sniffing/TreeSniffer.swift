/// Looks at a file of trees, JSON or XML: where the records lie, what paths are in them, what they refer to.
struct TreeSniffer {
    let text: [UInt8]
    let isCut: Bool
    private var tree = SniffedTree()
    private var kind = FeedFormat.Kind.json

    private static let columnsMost = 1_000

    private init(_ text: [UInt8], isCut: Bool) {
        self.text = text
        self.isCut = isCut
    }

    // MARK: JSON

    /// Nil when the text is no JSON.
    static func json(_ text: [UInt8], isCut: Bool, into feed: inout SniffedFeed) -> Bool {
        var sniffer = TreeSniffer(text, isCut: isCut)
        let lines = text.split(separator: 0x0A).filter { $0.contains { $0 > 0x20 } }
        let opening = text.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
        // A value a line: the first two are whole, or there is but one and no list in it to be the records.
        let whole = lines.prefix(20).filter { isValue($0) }.count
        let isLines = opening == UInt8(ascii: "{") && lines.count > 1 && whole * 2 > min(lines.count, 20)
        if isLines { return sniffer.readLines(lines, into: &feed) }
        var walk = JSONWalk(text)
        let isWhole = walk.value(into: &sniffer.tree, at: 0)
        guard isWhole || sniffer.tree.nodes.count > 1 else { return false }
        feed.format.kind = .json
        let first = opening == UInt8(ascii: "[") ? "[" : "{"
        feed.note("format", "json", isWhole ? .certain : .likely, because: "one document that begins with \(first)")
        if !isWhole, !isCut { feed.remarks.append("the document is not well-formed after byte \(walk.position)") }
        sniffer.finish(into: &feed)
        return true
    }

    private static func isValue(_ line: ArraySlice<UInt8>) -> Bool {
        var scratch = SniffedTree()
        var walk = JSONWalk(Array(line))
        guard walk.value(into: &scratch, at: nil) else { return false }
        walk.skipBlanks()
        return walk.position >= line.count
    }

    private mutating func readLines(_ lines: [ArraySlice<UInt8>], into feed: inout SniffedFeed) -> Bool {
        kind = .jsonLines
        var bad = 0
        for (place, line) in lines.enumerated() {
            var one = JSONWalk(text, from: line.startIndex, to: line.endIndex)
            if !one.value(into: &tree, at: 0), !(isCut && place == lines.count - 1) { bad += 1 }
        }
        feed.format.kind = .jsonLines
        feed.note("format", "jsonl", .likely, because: "each line is a JSON value of its own")
        if bad > 0 { feed.remarks.append("\(RowSniffer.plural(bad, "line")) of \(lines.count) are no JSON: they are put aside") }
        finish(into: &feed)
        return true
    }

    // MARK: XML

    static func xml(_ text: [UInt8], isCut: Bool, into feed: inout SniffedFeed) -> Bool {
        var sniffer = TreeSniffer(text, isCut: isCut)
        sniffer.kind = .xml
        var walk = XMLWalk(text)
        walk.walk(into: &sniffer.tree)
        guard sniffer.tree.nodes.count > 1 else { return false }
        feed.format.kind = .xml
        let root = sniffer.tree.nodes[1].name
        feed.note("format", "xml", .certain, because: "begins with <, and its root is <\(root)>")
        if let prolog = walk.prolog, !prolog.hasPrefix("<?xml") {
            feed.remarks.append("the prolog is no XML declaration: \(ColumnProfile.shown(Array(prolog.utf8)))")
        }
        if walk.mismatches > 0 { feed.remarks.append("\(RowSniffer.plural(walk.mismatches, "end tag")) don't fit what is open") }
        if !walk.isClosed, !isCut { feed.remarks.append("the document ends before it is closed: part of it is missing") }
        sniffer.finish(into: &feed)
        return true
    }

    // MARK: Records

    private struct Leaf {
        let node: Int
        let column: SniffedColumn
        /// Passes a list on its way from the record.
        let isInList: Bool
    }

    private func finish(into feed: inout SniffedFeed) {
        let record = kind == .jsonLines ? 0 : recordNode
        feed.format.path = path(to: record)
        if kind != .jsonLines {
            let shown = feed.format.path.isEmpty ? "the document itself" : feed.format.path
            let count = RowSniffer.plural(tree.nodes[record].count, "record")
            feed.note("path", shown, tree.nodes[record].count > 1 ? .likely : .guessed, because: "\(count) there, with what a repair order has")
        }
        let leaves = leaves(of: record)
        if tree.hasMore || leaves.count > Self.columnsMost { feed.remarks.append("there are more names than were looked at") }
        feed.kinds = [SniffedFeed.Kind(name: nil, count: tree.nodes[record].count, columns: leaves.prefix(Self.columnsMost).map(\.column))]
        addJoins(record, leaves, into: &feed)
    }

    private var recordNode: Int {
        var best = (node: 0, score: Int.min)
        for node in tree.nodes.indices where isCandidate(node) {
            let score = score(node)
            if score > best.score { best = (node, score) }
        }
        if best.score == Int.min { return kind == .xml ? min(1, tree.nodes.count - 1) : 0 }
        return best.node
    }

    private func isCandidate(_ node: Int) -> Bool {
        let part = tree.nodes[node]
        if kind == .xml {
            guard node > 0, !part.name.hasPrefix("@"), !part.order.isEmpty else { return false }
            return part.repeats || Self.isRecordName(part.name)
        }
        // The items of a list of objects; or the document, when it is a single record.
        return part.name == SniffedTree.item ? part.isObject : node == 0 && part.isObject
    }

    private static func isRecordName(_ name: String) -> Bool {
        let plain = name.lowercased().filter(\.isLetter)
        return plain.hasSuffix("repairorder") || plain.hasSuffix("repairorders") || plain.hasSuffix("serviceorder") || plain.hasSuffix("workorder") || ["ro", "ros", "order", "orders", "prospect"].contains(plain)
    }

    /// How much like a repair order what lies under a node is: a number, a day, a vehicle; and the name, and that there are several.
    private func score(_ node: Int) -> Int {
        var roles: Set<ColumnRole> = []
        var score = 0
        let found = leaves(of: node)
        for leaf in found.prefix(300) {
            guard let role = leaf.column.role, roles.insert(role).inserted else { continue }
            switch role {
            case .roNumber: score += leaf.isInList ? 0 : 8
            case .closedOn, .vin: score += leaf.isInList ? 0 : 4
            case .opCode, .jobDescription, .lineStatus: score += leaf.isInList ? 2 : 1
            case .revision, .extractedAt, .voidedOn, .mileage, .mileageUnit, .customerNumber, .name, .firstName, .lastName, .business, .cellPhone,
                .homePhone, .phone, .phoneLabel, .email, .consent, .preferredChannel, .year, .make, .model, .price, .comment:
                score += 1
            }
        }
        let owner = kind == .xml ? tree.nodes[node].name : tree.nodes[max(0, tree.nodes[node].parent)].name
        if Self.isRecordName(owner) { score += 4 }
        if tree.nodes[node].count > 1 { score += 2 }
        // A document's root has everything in it.
        if node == 0 || tree.nodes[node].parent == 0 && kind == .xml { score -= 6 }
        return score
    }

    /// What leads to a record: the names with dots (JSON), or as few last names as tell it from all others (XML).
    private func path(to record: Int) -> String {
        var names: [String] = []
        var node = record
        while node > 0 {
            names.insert(tree.nodes[node].name, at: 0)
            node = tree.nodes[node].parent
        }
        if kind != .xml { return names.filter { $0 != SniffedTree.item }.joined(separator: ".") }
        let isShared = tree.nodes.indices.contains { $0 != record && tree.nodes[$0].name == tree.nodes[record].name }
        return names.suffix(isShared ? 2 : 1).joined(separator: "/")
    }

    private func leaves(of record: Int) -> [Leaf] {
        var leaves: [Leaf] = []
        func visit(_ node: Int, _ path: String, _ total: Int, _ isInList: Bool) {
            guard leaves.count <= Self.columnsMost else { return }
            let part = tree.nodes[node]
            let isList = node != record && (kind == .xml ? part.repeats : part.name == SniffedTree.item)
            let total = isList ? part.count : total
            let isInList = isInList || isList
            if part.profile.filled > 0 || (part.order.isEmpty && node != record) {
                leaves.append(Leaf(node: node, column: part.profile.column(path.isEmpty ? "." : path, of: total), isInList: isInList))
            }
            for child in part.order {
                let name = tree.nodes[child].name
                let step: String
                if kind == .xml {
                    step = (path.isEmpty ? "" : path + "/") + name + (tree.nodes[child].repeats ? "[]" : "")
                } else if name == SniffedTree.item {
                    step = path + name
                } else {
                    step = (path.isEmpty ? "" : path + ".") + name
                }
                visit(child, step, total, isInList)
            }
        }
        visit(record, "", tree.nodes[record].count, false)
        return leaves
    }

    // MARK: What the records refer to

    private func addJoins(_ record: Int, _ leaves: [Leaf], into feed: inout SniffedFeed) {
        let keys = leaves.filter { !$0.isInList && $0.column.distinct > 1 && $0.column.role != .vin && $0.column.look != .year }
        for node in tree.nodes.indices where isSideList(node, beside: record) {
            guard let (key, with) = match(node, keys) else { continue }
            let name = (kind == .xml ? tree.nodes[node].name : tree.nodes[tree.nodes[node].parent].name).lowercased()
            let join = FeedFormat.Join(name: name.hasSuffix("s") && kind != .xml ? String(name.dropLast()) : name, path: path(to: node), key: key, with: with)
            guard join.path != feed.format.path else { continue }
            feed.remarks.append("\(join.path) is a list of its own, whose \(join.key) is what a record has as \(join.with): a join")
            // One in the draft shows how; a mapping may have more.
            guard feed.format.joins.isEmpty else { continue }
            feed.format.joins = [join]
            let columns = self.leaves(of: node).map(\.column)
            feed.kinds.append(SniffedFeed.Kind(name: "joined.\(join.name)", count: tree.nodes[node].count, columns: columns))
        }
    }

    private func match(_ node: Int, _ keys: [Leaf]) -> (key: String, with: String)? {
        for side in leaves(of: node) where !side.isInList && tree.nodes[side.node].profile.isUnique {
            for key in keys where tree.nodes[key.node].profile.share(in: tree.nodes[side.node].profile) >= 0.8 {
                return (side.column.name, key.column.name)
            }
        }
        return nil
    }

    private func isSideList(_ node: Int, beside record: Int) -> Bool {
        let part = tree.nodes[node]
        guard part.count > 1, !part.order.isEmpty, kind == .xml ? part.repeats : part.name == SniffedTree.item && part.isObject else { return false }
        return !isInside(node, record) && !isInside(record, node)
    }

    private func isInside(_ node: Int, _ outer: Int) -> Bool {
        var at = node
        while at >= 0 {
            if at == outer { return true }
            at = tree.nodes[at].parent
        }
        return false
    }
}
