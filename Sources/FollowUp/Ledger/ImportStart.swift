/// What the ledger answers to the beginning of an import.
public enum ImportStart: Sendable, Equatable {
    /// The file is new to the rooftop: stage its contents under this key.
    case new(ImportID)
    /// The rooftop has a published import of the very same bytes: there is nothing to do.
    case alreadyImported(ImportID)
}
