/// What a field holds, as scripts see it.
public indirect enum FieldType: Sendable, Equatable {
    case text, integer, number, flag
    /// One of these texts.
    case choice([String])
    case list(FieldType)
    /// A record, by the name of its shape.
    case record(String)
    /// Either of two.
    case either(FieldType, FieldType)

    /// "text", "whole number", "list of item".
    public var words: String {
        switch self {
        case .text: "text"
        case .integer: "whole number"
        case .number: "number"
        case .flag: "true or false"
        case .choice(let names): names.map { "\"\($0)\"" }.joined(separator: ", ")
        case .list(let element): "list of \(element.words)"
        case .record(let name): name
        case .either(let one, let other): "\(one.words) or \(other.words)"
        }
    }
}
