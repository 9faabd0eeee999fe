/// The vehicle on a repair order, as far as the export knows it.
public struct Vehicle: Sendable, Equatable {
    /// 17 characters with a right check digit, or nil.
    public var vin: String?
    public var year: Int?
    public var make: String?
    public var model: String?

    public init(vin: String? = nil, year: Int? = nil, make: String? = nil, model: String? = nil) {
        self.vin = vin
        self.year = year
        self.make = make
        self.model = model
    }

    /// The vehicle in words, "2016 Ford Explorer", or "vehicle" when nothing is known.
    ///
    /// Many systems keep models in capitals; a model that is letters only is written as people write it.
    public var name: String {
        let parts = [year.map(String.init), make, displayModel].compactMap { $0 }
        return parts.isEmpty || (parts.count == 1 && year != nil) ? "vehicle" : parts.joined(separator: " ")
    }

    /// The model as people write it: "EXPLORER" becomes "Explorer", "CX-5" and "RAV4" stay.
    public var displayModel: String? {
        guard let model, !model.isEmpty else { return nil }
        return model.split(separator: " ", omittingEmptySubsequences: false).map { word in
            let plain = word.count > 3 && word.allSatisfy { $0.isLetter && $0.isUppercase }
            return plain ? word.prefix(1) + word.dropFirst().lowercased() : String(word)
        }.joined(separator: " ")
    }
}
