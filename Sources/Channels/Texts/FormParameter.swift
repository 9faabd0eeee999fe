/// One name and value of a form, decoded. A name may come more than once.
public struct FormParameter: Sendable, Equatable {
    public let name: String
    public let value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
