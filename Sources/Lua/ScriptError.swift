/// What a script did wrong: place, message and the line itself.
public struct ScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Nil when the script raised something without a place.
    public let file: String?
    public let line: Int?
    /// The message without its place.
    public let message: String
    /// The script's line, without its indent.
    public let excerpt: String?
    /// Innermost frame first; empty for an error of syntax.
    public let frames: [Frame]
    /// The text ended where more was needed, so that a prompt may ask for another line.
    public let isIncompleteInput: Bool

    /// "message.lua:7: touch has no field 'custmer'; did you mean 'customer'?", and the line below it.
    public var description: String {
        let place = file.map { file in line.map { "\(file):\($0): " } ?? "\(file): " } ?? ""
        guard let excerpt, let line else { return place + message }
        return "\(place)\(message)\n  \(line) │ \(excerpt)"
    }

    init(_ text: String, trace: [Frame], isIncompleteInput: Bool, excerpt: (String, Int) -> String?) {
        var message = text
        var place: (file: String, line: Int)?
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 3, let line = Int(parts[1]) {
            place = (String(parts[0]), line)
            message = String(parts[2].drop { $0 == " " })
        } else if let frame = trace.first {
            place = (frame.file, frame.line)
        }
        file = place?.file
        line = place?.line
        self.message = Self.plain(message)
        self.excerpt = place.flatMap { excerpt($0.file, $0.line) }
        frames = trace
        self.isIncompleteInput = isIncompleteInput
    }

    public var column: Int? { nil }
    public var length: Int? { nil }
    public var remedy: String? { nil }

    /// An error that a script caught, whose place and message came apart; its line is looked up in `sources`.
    public init(message: String, file: String?, line: Int?, sources: [ScriptSource]) {
        let place = file.flatMap { file in line.map { "\(file):\($0): " } } ?? ""
        self.init(place + message, trace: [], isIncompleteInput: false) { ScriptSource.line($1, of: $0, in: sources) }
    }

    /// Says in plain words what the parser says of other languages' operators.
    private static func plain(_ message: String) -> String {
        if message.contains("near '!'") { return message + " (Lua writes ~= for \"is not\", and not for \"!\")" }
        if message.hasPrefix("'then' expected near '='") { return message + " (compare with ==)" }
        return message
    }
}
