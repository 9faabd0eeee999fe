/// Why a mapping's answer could not be used; its rows go to quarantine.
public struct MappingFailure: Sendable, Equatable {
    public enum Code: String, Sendable, CaseIterable {
        /// The mapping said so: `return quarantine "reason"`.
        case refused
        case scriptError = "script_error"
        case scriptStopped = "script_stopped"
        /// What it returned is no repair order.
        case badRepairOrder = "bad_repair_order"
    }

    public let code: Code
    public let reason: String
    /// "mapping.lua:12", when a line is to blame.
    public let scriptLine: String?
}
