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
        var bytes = Array(model.utf8)
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: " ")) ?? bytes.count
            let isPlain = end - start > 3 && bytes[start..<end].allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
            if isPlain { for place in start + 1..<end { bytes[place] |= 0x20 } }
            start = end + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
