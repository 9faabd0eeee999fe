/// What a column's name hints at. Names come as `RO#`, `repairOrderNumber`, `Job[]/OperationID`, `lbropcodedesc`.
struct NameHint {
    /// The last part of a path in small letters and digits; `#` reads as "no".
    let key: String
    /// All of the path so.
    private let whole: String

    init(_ name: String) {
        func plain(_ text: Substring) -> String {
            var plain = ""
            for scalar in text.unicodeScalars {
                if scalar == "#" { plain += "no" }
                if scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) { plain += scalar.properties.lowercaseMapping }
            }
            return plain
        }
        let parts = name.split(whereSeparator: { $0 == "." || $0 == "/" })
        key = plain(parts.last ?? "")
        whole = plain(name[...])
    }

    private func has(_ words: String...) -> Bool { words.contains { key.contains($0) } }
    private func isOne(of words: String...) -> Bool { words.contains(key) }
    private func isUnder(_ words: String...) -> Bool { words.contains { whole.contains($0) } }

    var isDate: Bool { has("date", "closed", "opened", "time", "day", "fermeture", "ouverture") || key.hasSuffix("dt") || key.hasSuffix("on") && has("clos", "open", "void") || key.hasSuffix("ts") }
    var isMileage: Bool { has("mile", "odo", "kilom", "distance") || isOne(of: "km", "mi", "miles") || isUnder("mileage", "odometer") && isOne(of: "value", "amount") }
    var isPhone: Bool { has("phone", "cell", "mobile", "telep", "tel") && !has("type", "label", "code", "allow", "ok", "opt") || isOne(of: "number") && isUnder("phone") }
    var isMoney: Bool { has("price", "amount", "amt", "total", "cost", "prix", "montant", "sale", "estimate") || isOne(of: "est", "charge") }
    var isPerson: Bool { (has("name", "customer", "nom") && !has("op", "make", "model", "job", "file", "number", "no", "key", "id", "type")) || isOne(of: "cust", "first", "last", "client", "owner") }
    var isNumber: Bool { isRONumber || isOne(of: "rev", "revision", "line", "lineno", "linenumber", "jobnumber", "custno", "part", "seq", "year", "yr") || key.hasSuffix("number") || key.hasSuffix("no") && key.count > 2 }
    var isFlag: Bool { has("flag", "ind", "allow", "approved") }
    var isConsent: Bool { (has("optin", "optout", "consent", "dnc", "donot", "sms", "textok", "emailok", "mailok", "blockauto", "privacy", "allowcontact", "serviceupdates", "allowtext", "allowemail") || key == "text" || key == "txt") && !has("type") }

    var isRONumber: Bool {
        isOne(
            of: "ro", "rono", "ronumber", "ronum", "roid", "repairorder", "repairorderno", "repairordernumber", "repairorderid", "invoice", "invoiceno",
            "invoicenumber", "workorder", "workordernumber", "wo", "wono", "documentid", "ordernumber", "orderno", "bt", "nobt", "bontravail", "nobon")
    }

    /// Which field the column holds, as far as name and look agree.
    func role(of look: ColumnLook?, isNamed: Bool, column: SniffedColumn) -> ColumnRole? {
        if !isNamed { return unnamedRole(look) }
        if isRONumber { return .roNumber }
        switch look {
        case .vin: return .vin
        case .email: return .email
        case .phone(let isList): return isList ? .phone : phoneRole
        case .date(let forms): return dateRole(forms)
        case .flag: return isConsent ? .consent : nil
        case .money: return isUnder("labor", "tax", "paid", "cost") && has("sale", "tax", "cost", "labor") || has("totro", "rototal") ? nil : .price
        case .year: return has("year", "yr", "annee") ? .year : nil
        case .person, .wholeNumber, .number, .code, .text, nil: break
        }
        if isConsent { return .consent }
        if key == "vin" || key == "vehicleid" { return .vin }
        if isOne(of: "rev", "revision") { return .revision }
        if isOne(of: "year", "yr", "modelyear", "vehyear") { return .year }
        if isOne(of: "make", "makestring", "makecode", "vehmake", "marque") { return .make }
        if isOne(of: "model", "modelname", "vehmodel", "modele") { return .model }
        if isMileage || has("inmiles", "mileage") { return has("unit") ? .mileageUnit : .mileage }
        if has("unit"), isUnder("mileage", "distance", "odometer") { return .mileageUnit }
        if isPhone { return phoneRole }
        if has("phonetype", "phonelabel") || isOne(of: "type", "label", "channelcode") && isUnder("phone") { return .phoneLabel }
        if has("email", "courriel") { return .email }
        if has("firstname", "givenname", "prenom") || key == "first" { return .firstName }
        if has("lastname", "familyname", "surname") || key == "last" { return .lastName }
        if has("company", "business") && has("name", "company") && !has("number", "no") { return .business }
        if isOne(of: "custno", "custid", "customerno", "customernumber", "customerid", "customerkey") { return .customerNumber }
        if key == "name" { return key == whole || isUnder("customer", "owner", "contact", "client", "person", "party") ? .name : nil }
        if isOne(of: "name1", "custname", "customer", "customername", "cust", "client", "nom", "nomclient", "fullname", "owner", "ownername") { return .name }
        if has("preferredcontact", "preferredchannel", "contactmethod") { return .preferredChannel }
        return jobRole(look)
    }

    private func jobRole(_ look: ColumnLook?) -> ColumnRole? {
        if has("desc", "operationname", "opname", "jobname"), !has("status", "denial", "reason", "veh", "make", "model") { return .jobDescription }
        if isOne(of: "op", "opcode", "laboropcode", "lbropcode", "operationid", "operationcode", "declop", "opcd", "jobcode", "codeop") || has("opcode") && !has("status") { return .opCode }
        if has("linestatus", "jobstatus", "approvalstatus", "disposition", "linestat", "jobstatuscode", "approved") || isOne(of: "status", "statut") { return .lineStatus }
        if has("comment", "note", "remark", "story") { return .comment }
        if isMoney, !has("labor", "tax"), look == .wholeNumber || look == .number { return .price }
        return nil
    }

    private var phoneRole: ColumnRole {
        if has("cell", "mobile") { return .cellPhone }
        if has("home") { return .homePhone }
        return .phone
    }

    private func dateRole(_ forms: [String]) -> ColumnRole? {
        if has("void", "cancel") { return .voidedOn }
        if has("extract", "exported", "generated", "creationdate", "updated", "modified") { return .extractedAt }
        if has("clos", "complet", "invoicedate", "rodate", "fermeture") { return .closedOn }
        return nil
    }

    private func unnamedRole(_ look: ColumnLook?) -> ColumnRole? {
        switch look {
        case .vin: .vin
        case .email: .email
        case .phone: .phone
        case .year: .year
        case .person(lastFirst: true): .name
        case .date, .money, .flag, .person, .wholeNumber, .number, .code, .text, nil: nil
        }
    }
}
