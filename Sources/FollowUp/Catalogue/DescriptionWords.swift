/// The words of a description in a form that phrases are compared with: upper case, letters and digits only.
struct DescriptionWords {
    private let words: Set<String>

    init(_ text: String) {
        words = Set(Self.split(text))
    }

    /// Tells whether all words of a split phrase stand here, in any order; a plural counts as its singular.
    func contains(allOf phrase: [String]) -> Bool {
        !phrase.isEmpty && phrase.allSatisfy { word in
            words.contains(word) || words.contains(word + "S") || words.contains(word + "ES")
        }
    }

    static func split(_ text: String) -> [String] {
        text.uppercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
