/// Makes up names for columns that have none, from what stands in them.
enum UnnamedColumns {
    /// - Parameters:
    ///   - type: the column that names the record's kind.
    ///   - key: the column that has the repair order's number.
    static func columns(_ profiles: [ColumnProfile], of total: Int, type: Int? = nil, key: Int? = nil) -> [SniffedColumn] {
        let plain = profiles.map { $0.column("", of: total, isNamed: false) }
        let number = key ?? (type == nil ? numberColumn(plain) : nil)
        let vehicle = vehicleColumns(plain, number)
        var used: [String: Int] = [:]
        return profiles.enumerated().map { place, profile in
            let base: String
            if place == type { base = "TYPE" } else if place == number { base = "RO" } else { base = vehicle[place]?.name ?? name(of: plain[place].look, place) }
            used[base, default: 0] += 1
            let count = used[base] ?? 1
            var column = profile.column(count == 1 ? base : "\(base)\(count)", of: total, isNamed: false)
            if place == number { column.role = .roNumber }
            if let role = vehicle[place]?.role { column.role = role }
            return column
        }
    }

    private static let makes: Set<String> = [
        "TOYO", "HOND", "FORD", "CHEV", "NISS", "SUBA", "KIA", "HYUN", "JEEP", "MAZD", "VOLK", "TOYOTA", "HONDA", "CHEVROLET", "NISSAN", "SUBARU", "HYUNDAI",
        "MAZDA", "VOLKSWAGEN", "GMC", "RAM", "DODGE", "BUICK", "BMW", "AUDI", "LEXUS", "ACURA", "CHRYSLER", "CADILLAC", "LINCOLN", "MERCEDES-BENZ", "VOLVO",
    ]

    /// Beside a VIN, makes are known by their names, the model stands behind them, and a number that differs from car to car is an
    /// odometer's.
    private static func vehicleColumns(_ columns: [SniffedColumn], _ number: Int?) -> [Int: (name: String, role: ColumnRole)] {
        guard columns.contains(where: { if case .vin = $0.look { true } else { false } }) else { return [:] }
        var found: [Int: (name: String, role: ColumnRole)] = [:]
        for (place, column) in columns.enumerated() where place != number {
            let known = column.choices.filter { makes.contains($0.uppercased()) }.count
            if known > 0, known * 10 >= column.choices.count * 6, !found.values.contains(where: { $0.role == .make }) {
                found[place] = ("MAKE", .make)
                if place + 1 < columns.count, columns[place + 1].look == .text || columns[place + 1].look == .code { found[place + 1] = ("MODEL", .model) }
            } else if column.look == .wholeNumber, column.distinct * 10 > column.filled * 8, column.samples.allSatisfy({ (3...6).contains($0.utf8.count) }),
                !found.values.contains(where: { $0.role == .mileage }) {
                found[place] = ("MILES", .mileage)
            }
        }
        return found
    }

    /// The column that holds the same numbers in all kinds of record.
    static func sharedKey(_ kinds: [(count: Int, profiles: [ColumnProfile])]) -> Int? {
        let columns = kinds.map { kind in kind.profiles.map { $0.column("", of: kind.count, isNamed: false) } }
        let width = columns.map(\.count).min() ?? 0
        guard kinds.count > 1, width > 1 else { return nil }
        return (1..<width).first { place in
            columns.allSatisfy { kind in isNumber(kind[place]) && kind[place].distinct > 1 && kind[place].filled == kind[place].of }
                && Set(columns.map { $0[place].samples.first ?? "" }).count == 1
        }
    }

    private static func numberColumn(_ columns: [SniffedColumn]) -> Int? {
        columns.firstIndex { isNumber($0) && $0.filled == $0.of && $0.distinct > 1 }
    }

    /// Digits enough for a repair order's number.
    private static func isNumber(_ column: SniffedColumn) -> Bool {
        switch column.look {
        case .wholeNumber: column.samples.allSatisfy { $0.utf8.count >= 4 }
        case .code: column.samples.allSatisfy { $0.utf8.filter { ValueLook.isDigit($0) }.count >= 4 }
        case .date, .money, .phone, .email, .vin, .flag, .person, .year, .number, .text, nil: false
        }
    }

    private static func name(of look: ColumnLook?, _ place: Int) -> String {
        switch look {
        case .date: "DATE"
        case .money: "AMOUNT"
        case .phone: "PHONE"
        case .email: "EMAIL"
        case .vin: "VIN"
        case .flag: "FLAG"
        case .person: "NAME"
        case .year: "YEAR"
        case .text: "TEXT\(place + 1)"
        case .code: "CODE\(place + 1)"
        case .wholeNumber, .number, nil: "F\(place + 1)"
        }
    }
}
