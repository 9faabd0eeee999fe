/// What the values of a column look like.
public enum ColumnLook: Sendable, Equatable {
    /// Days, in these forms of the `dates` library, the most frequent first.
    case date(forms: [String])
    /// Amounts, read by this function of the `money` library.
    case money(function: String)
    /// Phone numbers; a list has several with labels in one cell.
    case phone(isList: Bool)
    case email
    /// Vehicle identification numbers, so many of them in a hundred with a right check digit.
    case vin(rightPercent: Int)
    /// Yes and no; `oneWay` when only one of the two was seen.
    case flag(oneWay: Bool)
    /// Names of people: "LAST,FIRST" or not.
    case person(lastFirst: Bool)
    case year
    case wholeNumber
    case number
    /// Short words in capitals, as op codes are.
    case code
    case text

    /// In words, as "date MM/DD/YYYY".
    public var description: String {
        switch self {
        case .date(let forms): "date " + forms.joined(separator: " or ")
        case .money(let function): "money (money.\(function))"
        case .phone(let isList): isList ? "phones with labels (phone.pick)" : "phone (phone.us)"
        case .email: "e-mail"
        case .vin(let right): "VIN (\(right) % with a right check digit)"
        case .flag(let oneWay): oneWay ? "yes/no, reads one way only" : "yes/no"
        case .person(let lastFirst): lastFirst ? "name (LAST,FIRST)" : "name"
        case .year: "year"
        case .wholeNumber: "whole number"
        case .number: "number"
        case .code: "code"
        case .text: "text"
        }
    }
}
