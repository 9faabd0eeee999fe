/// The name that was probably meant, within a third of the word's length: a wrong hint is worse than none.
public enum NearestName {
    public static func to(_ word: String, among names: some Sequence<String>) -> String? {
        let most = max(1, word.count / 3)
        let letters = Array(word)
        let near = names.map { ($0, distance(letters, Array($0))) }.filter { $0.1 <= most && $0.1 > 0 }.min { $0.1 < $1.1 }
        return near?.0
    }

    /// Edits between two words: a letter more, less or other, or two neighbours swapped.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var rows = [Array(0...right.count)]
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
