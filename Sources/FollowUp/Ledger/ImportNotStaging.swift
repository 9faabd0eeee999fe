/// The import can't take more, be published or be abandoned: it is not, or no longer, open.
public struct ImportNotStaging: Error, Equatable, CustomStringConvertible {
    public let id: ImportID

    public init(id: ImportID) {
        self.id = id
    }

    public var description: String {
        "import \(id) is not open: it was published, abandoned, or begun anew by another run; import the file again"
    }
}
