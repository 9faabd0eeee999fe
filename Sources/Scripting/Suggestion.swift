internal import Lua

/// The name that was probably meant, as the end of a message.
public enum Suggestion {
    /// "; did you mean 'x'?", or nothing.
    public static func hint(for word: String, among names: [String]) -> String {
        NearestName.to(word, among: names).map { "; did you mean '\($0)'?" } ?? ""
    }
}
