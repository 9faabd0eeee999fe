/// The forms of days that the `dates` library of mappings reads, recognized.
struct DateForms: OptionSet, Hashable {
    let rawValue: UInt32

    static let names = [
        "MM/DD/YYYY", "YYYY-MM-DD", "MM/DD/YY", "YYYYMMDD", "DD-MMM-YY", "DDMMMYY", "DD-MMM-YYYY", "DDMMMYYYY", "MMM D, YYYY", "iso",
        "MM-DD-YYYY", "YYYY/MM/DD", "DD/MM/YYYY", "DD/MM/YY", "MMDDYYYY", "MMDDYY", "YYMMDD", "excel", "YYYYDDD", "epoch ms", "epoch s",
    ]
    /// Digits alone: other numbers look like these too.
    static let bare = DateForms(["YYYYMMDD", "MMDDYYYY", "MMDDYY", "YYMMDD", "excel", "YYYYDDD", "epoch ms", "epoch s"])
    /// These tell an instant, which is a day only in a zone.
    static let instants: Set<String> = ["iso", "epoch ms", "epoch s"]

    init(rawValue: UInt32) { self.rawValue = rawValue }

    init(_ names: [String]) {
        rawValue = Self.names.enumerated().reduce(0) { names.contains($1.element) ? $0 | 1 << UInt32($1.offset) : $0 }
    }

    /// All forms that a text fits.
    init(of text: [UInt8]) {
        self = []
        guard (5...40).contains(text.count) else { return }
        let parts = Self.parts(text)
        switch parts.shape {
        case "d": addDigits(text)
        case "d/d/d": addSlashes(parts.numbers, parts.lengths)
        case "d-d-d":
            if parts.lengths == [4, 2, 2], Self.isDay(parts.numbers[0], parts.numbers[1], parts.numbers[2]) { add("YYYY-MM-DD") }
            if parts.lengths[2] == 4, Self.isDay(parts.numbers[2], parts.numbers[0], parts.numbers[1]) { add("MM-DD-YYYY") }
        case "dad", "d-a-d":
            guard Self.months.contains(parts.word), parts.numbers.count == 2 else { return }
            let isDashed = parts.shape == "d-a-d"
            let month = Self.months.firstIndex(of: parts.word).map { $0 + 1 } ?? 0
            if parts.lengths[1] == 2, Self.isDay(Self.century(parts.numbers[1]), month, parts.numbers[0]) { add(isDashed ? "DD-MMM-YY" : "DDMMMYY") }
            if parts.lengths[1] == 4, Self.isDay(parts.numbers[1], month, parts.numbers[0]) { add(isDashed ? "DD-MMM-YYYY" : "DDMMMYYYY") }
        case "a d, d", "a. d, d":
            if let month = Self.months.firstIndex(of: String(parts.word.prefix(3))), parts.numbers.count == 2, Self.isDay(parts.numbers[1], month + 1, parts.numbers[0]) {
                add("MMM D, YYYY")
            }
        default:
            let isInstant = parts.shape.hasPrefix("d-d-dad:d") || parts.shape.hasPrefix("d-d-d d:d")
            if isInstant, Array(parts.lengths.prefix(3)) == [4, 2, 2], Self.isDay(parts.numbers[0], parts.numbers[1], parts.numbers[2]) { add("iso") }
            if parts.shape == "d.d", parts.lengths[0] == 5, (36_526...55_000).contains(parts.numbers[0]) { add("excel") }
        }
    }

    var formNames: [String] { Self.names.enumerated().filter { rawValue & 1 << UInt32($0.offset) != 0 }.map(\.element) }

    private mutating func add(_ name: String) { formUnion(DateForms([name])) }

    private mutating func addDigits(_ text: [UInt8]) {
        guard text.count <= 13 else { return }
        let value = text.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        func part(_ from: Int, _ count: Int) -> Int { text[from..<from + count].reduce(0) { $0 * 10 + Int($1 - 0x30) } }
        switch text.count {
        case 5: if (36_526...55_000).contains(value) { add("excel") }
        case 6:
            if Self.isDay(Self.century(part(4, 2)), part(0, 2), part(2, 2)) { add("MMDDYY") }
            if Self.isDay(Self.century(part(0, 2)), part(2, 2), part(4, 2)) { add("YYMMDD") }
        case 7: if (2000...2040).contains(part(0, 4)), (1...366).contains(part(4, 3)) { add("YYYYDDD") }
        case 8:
            if Self.isDay(part(0, 4), part(4, 2), part(6, 2)) { add("YYYYMMDD") }
            if Self.isDay(part(4, 4), part(0, 2), part(2, 2)) { add("MMDDYYYY") }
        case 10: if (1_167_638_400...2_208_988_800).contains(value) { add("epoch s") }
        case 13: if (1_167_638_400_000...2_208_988_800_000).contains(value) { add("epoch ms") }
        default: break
        }
    }

    private mutating func addSlashes(_ numbers: [Int], _ lengths: [Int]) {
        if lengths[0] == 4 {
            if Self.isDay(numbers[0], numbers[1], numbers[2]) { add("YYYY/MM/DD") }
            return
        }
        let isLong = lengths[2] == 4
        guard isLong || lengths[2] == 2, lengths[0] <= 2, lengths[1] <= 2 else { return }
        let year = isLong ? numbers[2] : Self.century(numbers[2])
        if Self.isDay(year, numbers[0], numbers[1]) { add(isLong ? "MM/DD/YYYY" : "MM/DD/YY") }
        if Self.isDay(year, numbers[1], numbers[0]) { add(isLong ? "DD/MM/YYYY" : "DD/MM/YY") }
    }

    private static let months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

    private static func century(_ year: Int) -> Int { year < 70 ? 2000 + year : 1900 + year }

    private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        (1990...2040).contains(year) && (1...12).contains(month) && (1...31).contains(day)
    }

    /// The text with `d` for each run of digits and `a` for each of letters, and what the runs are.
    private static func parts(_ text: [UInt8]) -> (shape: String, numbers: [Int], lengths: [Int], word: String) {
        var shape = ""
        var numbers: [Int] = [], lengths: [Int] = []
        var word = ""
        var i = 0
        while i < text.count {
            let start = i
            if isDigit(text[i]) {
                while i < text.count, isDigit(text[i]) { i += 1 }
                shape += "d"
                numbers.append(i - start > 15 ? 0 : text[start..<i].reduce(0) { $0 * 10 + Int($1 - 0x30) })
                lengths.append(i - start)
            } else if isLetter(text[i]) {
                while i < text.count, isLetter(text[i]) { i += 1 }
                shape += "a"
                if word.isEmpty { word = String(decoding: text[start..<i], as: UTF8.self).uppercased() }
            } else {
                shape.unicodeScalars.append(Unicode.Scalar(text[i]))
                i += 1
            }
        }
        return (shape, numbers, lengths, word)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
