/// A function by file and key: `FunctionName("message", "sms")`.
public struct FunctionName: Hashable, Sendable, CustomStringConvertible {
    public let file: String
    public let key: String

    public init(_ file: String, _ key: String) {
        self.file = file
        self.key = key
    }

    public var description: String { "\(file).\(key)" }
}

/// A function of one image, looked up. It is of use in that image alone.
public struct FunctionReference: Sendable {
    public let name: FunctionName
    let index: Int32
}
