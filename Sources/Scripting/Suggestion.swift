/// The name that was probably meant, within a third of the word's length: a wrong hint is worse than none.
public enum Suggestion {
    /// "; did you mean 'x'?", or nothing.
    public static func hint(for word: String, among names: [String]) -> String {
        let most = max(1, word.count / 3)
        let near = names.map { ($0, distance(Array(word), Array($0))) }.filter { $0.1 <= most && $0.1 > 0 }.min { $0.1 < $1.1 }
        return near.map { "; did you mean '\($0.0)'?" } ?? ""
    }

    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for i in 0..<left.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<right.count {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (left[i] == right[j] ? 0 : 1))
                diagonal = above
            }
        }
        return row[right.count]
    }
}
