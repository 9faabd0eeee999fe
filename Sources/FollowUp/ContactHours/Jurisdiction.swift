/// A state, province or territory whose law may say when people can be contacted; the raw value is its postal code, "TX".
public enum Jurisdiction: String, Hashable, CaseIterable, Sendable {
    case alabama = "AL", alaska = "AK", arizona = "AZ", arkansas = "AR", california = "CA", colorado = "CO"
    case connecticut = "CT", delaware = "DE", districtOfColumbia = "DC", florida = "FL", georgia = "GA"
    case hawaii = "HI", idaho = "ID", illinois = "IL", indiana = "IN", iowa = "IA", kansas = "KS", kentucky = "KY"
    case louisiana = "LA", maine = "ME", maryland = "MD", massachusetts = "MA", michigan = "MI", minnesota = "MN"
    case mississippi = "MS", missouri = "MO", montana = "MT", nebraska = "NE", nevada = "NV", newHampshire = "NH"
    case newJersey = "NJ", newMexico = "NM", newYork = "NY", northCarolina = "NC", northDakota = "ND", ohio = "OH"
    case oklahoma = "OK", oregon = "OR", pennsylvania = "PA", rhodeIsland = "RI", southCarolina = "SC"
    case southDakota = "SD", tennessee = "TN", texas = "TX", utah = "UT", vermont = "VT", virginia = "VA"
    case washington = "WA", westVirginia = "WV", wisconsin = "WI", wyoming = "WY"
    // The United States' territories.
    case americanSamoa = "AS", guam = "GU", northernMarianaIslands = "MP", puertoRico = "PR", virginIslands = "VI"
    // Canada.
    case alberta = "AB", britishColumbia = "BC", manitoba = "MB", newBrunswick = "NB", newfoundlandAndLabrador = "NL"
    case northwestTerritories = "NT", novaScotia = "NS", nunavut = "NU", ontario = "ON", princeEdwardIsland = "PE"
    case quebec = "QC", saskatchewan = "SK", yukon = "YT"

    /// A country whose numbers and rules Revisit knows.
    public enum Country: Hashable, Sendable {
        case unitedStates, canada
    }

    public var country: Country {
        switch self {
        case .alberta, .britishColumbia, .manitoba, .newBrunswick, .newfoundlandAndLabrador, .northwestTerritories,
            .novaScotia, .nunavut, .ontario, .princeEdwardIsland, .quebec, .saskatchewan, .yukon:
            .canada
        default:
            .unitedStates
        }
    }

    /// The English name, "Texas".
    public var name: String {
        switch self {
        case .alabama: "Alabama"
        case .alaska: "Alaska"
        case .arizona: "Arizona"
        case .arkansas: "Arkansas"
        case .california: "California"
        case .colorado: "Colorado"
        case .connecticut: "Connecticut"
        case .delaware: "Delaware"
        case .districtOfColumbia: "District of Columbia"
        case .florida: "Florida"
        case .georgia: "Georgia"
        case .hawaii: "Hawaii"
        case .idaho: "Idaho"
        case .illinois: "Illinois"
        case .indiana: "Indiana"
        case .iowa: "Iowa"
        case .kansas: "Kansas"
        case .kentucky: "Kentucky"
        case .louisiana: "Louisiana"
        case .maine: "Maine"
        case .maryland: "Maryland"
        case .massachusetts: "Massachusetts"
        case .michigan: "Michigan"
        case .minnesota: "Minnesota"
        case .mississippi: "Mississippi"
        case .missouri: "Missouri"
        case .montana: "Montana"
        case .nebraska: "Nebraska"
        case .nevada: "Nevada"
        case .newHampshire: "New Hampshire"
        case .newJersey: "New Jersey"
        case .newMexico: "New Mexico"
        case .newYork: "New York"
        case .northCarolina: "North Carolina"
        case .northDakota: "North Dakota"
        case .ohio: "Ohio"
        case .oklahoma: "Oklahoma"
        case .oregon: "Oregon"
        case .pennsylvania: "Pennsylvania"
        case .rhodeIsland: "Rhode Island"
        case .southCarolina: "South Carolina"
        case .southDakota: "South Dakota"
        case .tennessee: "Tennessee"
        case .texas: "Texas"
        case .utah: "Utah"
        case .vermont: "Vermont"
        case .virginia: "Virginia"
        case .washington: "Washington"
        case .westVirginia: "West Virginia"
        case .wisconsin: "Wisconsin"
        case .wyoming: "Wyoming"
        case .americanSamoa: "American Samoa"
        case .guam: "Guam"
        case .northernMarianaIslands: "Northern Mariana Islands"
        case .puertoRico: "Puerto Rico"
        case .virginIslands: "U.S. Virgin Islands"
        case .alberta: "Alberta"
        case .britishColumbia: "British Columbia"
        case .manitoba: "Manitoba"
        case .newBrunswick: "New Brunswick"
        case .newfoundlandAndLabrador: "Newfoundland and Labrador"
        case .northwestTerritories: "Northwest Territories"
        case .novaScotia: "Nova Scotia"
        case .nunavut: "Nunavut"
        case .ontario: "Ontario"
        case .princeEdwardIsland: "Prince Edward Island"
        case .quebec: "Quebec"
        case .saskatchewan: "Saskatchewan"
        case .yukon: "Yukon"
        }
    }
}

extension Jurisdiction: CustomStringConvertible {
    public var description: String { name }
}
