/// The first three digits of a North American phone number, which tell roughly where it was handed out.
///
/// A mobile number follows its owner about, so what the code tells is a candidate and never a certainty.
public struct AreaCode: Hashable, Sendable {
    /// The day on which the codes were last gone through.
    public static let asOf = LocalDate(dayNumber: 20_781)  // 2026-11-24

    /// 200 to 999.
    public let number: Int

    /// Nil outside 200 to 999.
    public init?(number: Int) {
        guard (200...999).contains(number) else { return nil }
        self.number = number
    }

    /// Reads the code of an E.164 number, "+18505550123"; nil unless it is +1 and ten digits.
    public init?(phone: String) {
        let bytes = Array(phone.utf8)
        guard bytes.count == 12, bytes[0] == UInt8(ascii: "+"), bytes[1] == UInt8(ascii: "1"),
            DecimalDigits.value(of: bytes[2..<7]) != nil, DecimalDigits.value(of: bytes[7...]) != nil,
            let number = DecimalDigits.value(of: bytes[2..<5])
        else { return nil }
        self.init(number: number)
    }

    /// The places that the code serves; empty when it serves none that Revisit knows: toll-free, premium and personal
    /// numbers, other countries of the plan, and codes not assigned.
    public var places: [Place] {
        AreaCodeTable.byNumber[number]
    }
}

extension AreaCode: CustomStringConvertible {
    public var description: String { String(number) }
}
