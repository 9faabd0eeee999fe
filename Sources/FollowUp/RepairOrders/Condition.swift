/// A measurement that the technician took of a declined item.
public struct Condition: Sendable, Equatable {
    /// What was measured.
    public enum Measure: String, Sendable, CaseIterable {
        case brakePadFront = "brake_pad_front"
        case brakePadRear = "brake_pad_rear"
        case tireTreadFront = "tire_tread_front"
        case tireTreadRear = "tire_tread_rear"
        case batteryCCA = "battery_cca"

        /// The measured part in plain words, "rear brake pads".
        public var name: String {
            switch self {
            case .brakePadFront: "front brake pads"
            case .brakePadRear: "rear brake pads"
            case .tireTreadFront: "front tire tread"
            case .tireTreadRear: "rear tire tread"
            case .batteryCCA: "battery"
            }
        }
    }

    /// What the value counts: millimetres, 32nds of an inch, or cold cranking amps.
    public enum Unit: String, Sendable, CaseIterable {
        case mm
        case thirtySeconds = "32nds"
        case cca
    }

    public var measure: Measure
    public var value: Double
    public var unit: Unit

    public init(measure: Measure, value: Double, unit: Unit) {
        self.measure = measure
        self.value = value
        self.unit = unit
    }

    /// The measurement as a customer reads it: "rear brake pads at 3 mm", "battery at 310 CCA".
    public var words: String {
        let number = value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : String(value)
        return switch unit {
        case .mm: "\(measure.name) at \(number) mm"
        case .thirtySeconds: "\(measure.name) at \(number)/32 inch"
        case .cca: "\(measure.name) at \(number) CCA"
        }
    }
}
