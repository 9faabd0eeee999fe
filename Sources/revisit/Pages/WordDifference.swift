/// Two texts as one: what went in `[-…-]`, what came in `{+…+}`, word by word.
enum WordDifference {
    static func text(from old: String, to new: String) -> String {
        let before = words(old), after = words(new)
        var removed: Set<Int> = [], added: Set<Int> = []
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var result = ""
        var from = 0, to = 0
        while from < before.count || to < after.count {
            let gone = run(removed, from: &from, before), come = run(added, from: &to, after)
            if !gone.isEmpty { result += "[-\(gone)-]" }
            if !come.isEmpty { result += "{+\(come)+}" }
            while from < before.count, to < after.count, !removed.contains(from), !added.contains(to) {
                result += after[to]
                from += 1
                to += 1
            }
        }
        return result
    }

    private static func run(_ places: Set<Int>, from place: inout Int, _ words: [String]) -> String {
        var text = ""
        while place < words.count, places.contains(place) {
            text += words[place]
            place += 1
        }
        return text
    }

    /// Words and what stands between them.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        for character in text {
            if let last = words.last?.last, !last.isWhitespace, !character.isWhitespace {
                words[words.count - 1].append(character)
            } else {
                words.append(String(character))
            }
        }
        return words
    }
}
