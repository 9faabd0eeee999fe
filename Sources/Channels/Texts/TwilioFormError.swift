/// A webhook's form can't be read. It holds places and names of fields, never what a customer wrote.
public enum TwilioFormError: Error, Equatable, CustomStringConvertible {
    case tooLarge(limitBytes: Int)
    case tooMany(limit: Int)
    /// Offsets are bytes from the start of the form.
    case badEscape(offset: Int)
    case notUTF8(offset: Int)
    case missing(String)
    /// The field comes with more than one value.
    case repeated(String)
    case notAsExpected(String, expected: String)

    public var description: String {
        switch self {
        case .tooLarge(let limitBytes): "the form is over \(limitBytes) bytes"
        case .tooMany(let limit): "the form has over \(limit) parameters"
        case .badEscape(let offset): "the form has a bad percent escape at byte \(offset)"
        case .notUTF8(let offset): "the form isn't UTF-8 in the part at byte \(offset)"
        case .missing(let name): "the form has no \(name)"
        case .repeated(let name): "the form has \(name) more than once"
        case .notAsExpected(let name, let expected): "expected \(name) to be \(expected)"
        }
    }
}
