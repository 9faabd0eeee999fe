/// Which field of a repair order a column seems to hold, going by its name and its values.
public enum ColumnRole: String, Sendable, CaseIterable {
    case roNumber = "ro_number"
    case revision
    case extractedAt = "extracted_at"
    case closedOn = "closed_on"
    case voidedOn = "voided_on"
    case mileage
    case mileageUnit = "mileage_unit"
    case customerNumber = "customer_number"
    case name
    case firstName = "first_name"
    case lastName = "last_name"
    case business
    case cellPhone = "cell_phone"
    case homePhone = "home_phone"
    case phone
    case phoneLabel = "phone_label"
    case email
    case consent
    case preferredChannel = "preferred_channel"
    case vin
    case year
    case make
    case model
    case opCode = "op_code"
    case jobDescription = "description"
    case price
    case lineStatus = "line_status"
    case comment
}
