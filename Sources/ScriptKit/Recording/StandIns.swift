public import FollowUp
public import Scripting

/// Puts made-up people, numbers and links in the place of a recorded touch's own, in its fields and in any text about it.
///
/// One original has one stand-in throughout: "Maria", "MARIA" and "Maria's" become "Jordan", "JORDAN" and "Jordan's". What the rooftop
/// says of itself stays, and so do days, vehicles and work.
public struct StandIns: Sendable {
    private struct Phrase: Sendable {
        /// Lower case.
        let text: [Character]
        /// Nil for what stays as it is, although a part of it might look personal.
        let standIn: String?
        /// The word also means something else, so only a capital tells that it is a name.
        let needsCapital: Bool
    }

    private static let firstNames = ["Jordan", "Casey", "Riley", "Morgan", "Avery", "Quinn"]
    private static let lastNames = ["Reyes", "Hale", "Marsh", "Vale", "Brook", "Thorne", "Dane", "Frost"]
    private static let companyWords = ["Alder", "Birch", "Cedar", "Maple", "Willow", "Hazel", "Linden", "Aspen"]
    /// Words of company names that name no company.
    private static let companyForms: Set = [
        "inc", "llc", "ltd", "co", "corp", "company", "the", "and", "of", "auto", "fleet", "service", "services", "group", "sons",
        "transport", "delivery", "plumbing", "electric", "construction", "rental", "rentals", "school", "city", "county",
    ]
    /// Names that are words of the language as well.
    private static let plainWords: Set = [
        "will", "may", "mark", "rose", "grant", "hope", "faith", "grace", "joy", "june", "april", "august", "art", "bill", "rich", "drew",
        "pat", "rob", "sue", "dawn", "ray", "day", "long", "short", "young", "price", "park", "parks", "best", "good", "north", "west",
        "reed", "case", "light", "black", "white", "brown", "green", "gray", "an", "in", "do", "so", "to", "may", "king", "page",
    ]

    private let phrases: [Phrase]
    private let rooftopPhone: String?
    private let visitYear: Int
    /// The last ten digits, or fewer where no area code was written, in the order seen.
    private var phones: [(key: String, standIn: String)] = []
    private var emails: [String: String] = [:]
    private var vins: [String: String] = [:]
    private var births: [String: String] = [:]

    public init(for facts: TouchFacts) {
        var names = Self.names(of: facts.customer)
        names[facts.roNumber.text] = Self.number(like: facts.roNumber.text)
        if facts.bookingLink != facts.rooftop.bookingLink {
            let link = Self.link(facts.bookingLink)
            names[facts.bookingLink] = link.whole
            names[link.token.old] = link.token.new
        }
        var phrases = names.filter { !$0.key.isEmpty }.map { name, standIn in
            Phrase(text: Array(name.lowercased()), standIn: standIn, needsCapital: Self.plainWords.contains(name.lowercased()))
        }
        let taken = Set(phrases.map(\.text))
        phrases += Self.kept(in: facts).map { Phrase(text: Array($0.lowercased()), standIn: nil, needsCapital: false) }
            .filter { !$0.text.isEmpty && !taken.contains($0.text) }
        self.phrases = phrases.sorted { $0.text.count > $1.text.count }
        rooftopPhone = facts.rooftop.phone.map { String($0.filter(\.isNumber).suffix(10)) }
        visitYear = facts.visitOn.year
    }

    /// The touch with stand-ins in it.
    public mutating func replacing(_ touch: RecordedTouch) -> RecordedTouch {
        var touch = touch
        touch.facts.customer.name = touch.facts.customer.name.map { replacing($0) }
        touch.facts.customer.firstName = touch.facts.customer.firstName.map { replacing($0) }
        touch.facts.roNumber = RepairOrder.Number(replacing(touch.facts.roNumber.text))
        touch.facts.bookingLink = replacing(touch.facts.bookingLink)
        for place in touch.facts.items.indices {
            touch.facts.items[place].item.description = replacing(touch.facts.items[place].item.description)
            if touch.facts.items[place].category.code == ServiceCategory.otherCode {
                touch.facts.items[place].category.name = replacing(touch.facts.items[place].category.name)
            }
        }
        return touch
    }

    /// A text about the touch, with stand-ins in it.
    public mutating func replacing(_ text: String) -> String {
        let characters = Array(text)
        var result = ""
        var at = 0
        while at < characters.count {
            let isStart = at == 0 || !Self.isWord(characters[at - 1])
            if isStart, let (length, standIn) = phrase(in: characters, at) ?? pattern(in: text, characters, at) {
                result += standIn
                at += length
            } else {
                result.append(characters[at])
                at += 1
            }
        }
        return result
    }

    private func phrase(in text: [Character], _ at: Int) -> (Int, String)? {
        for phrase in phrases where at + phrase.text.count <= text.count {
            let end = at + phrase.text.count
            if end < text.count, Self.isWord(text[end]) { continue }
            let found = text[at..<end]
            guard zip(found, phrase.text).allSatisfy({ $0 == $1 || $0.lowercased() == String($1) }) else { continue }
            if phrase.needsCapital, found.first?.isUppercase != true || found.dropFirst().contains(where: \.isUppercase) { continue }
            return (phrase.text.count, phrase.standIn.map { Self.cased($0, like: found) } ?? String(found))
        }
        return nil
    }

    private mutating func pattern(in text: String, _ characters: [Character], _ at: Int) -> (Int, String)? {
        let rest = text.dropFirst(at)
        if let match = rest.prefixMatch(of: /[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}/) {
            let address = match.output.lowercased()
            let standIn = emails[address] ?? "customer\(emails.count + 1)@example.com"
            emails[address] = standIn
            return (match.output.count, standIn)
        }
        if let match = rest.prefixMatch(of: /[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])/),
            match.output.contains(where: \.isNumber), match.output.contains(where: \.isLetter)
        {
            let vin = match.output.uppercased()
            let standIn = vins[vin] ?? "1ZZZZ0000Z0" + Self.padded(vins.count + 1, to: 6)
            vins[vin] = standIn
            return (match.output.count, standIn)
        }
        if let found = birthDate(rest, after: characters[..<at]) { return found }
        if let match = rest.prefixMatch(of: /(?:\+?1[\-. ]?)?(?:\(\d{3}\) ?|\d{3}[\-. ]?)\d{3}[\-. ]?\d{4}(?!\d)/) { return phone(match.output) }
        if let match = rest.prefixMatch(of: /\d{3}[\-.]\d{4}(?!\d)/) { return phone(match.output) }
        return nil
    }

    /// Digits change, what stands between them doesn't.
    private mutating func phone(_ written: Substring) -> (Int, String)? {
        let key = String(written.filter(\.isNumber).suffix(10))
        if let rooftopPhone, rooftopPhone.hasSuffix(key) { return (written.count, String(written)) }
        // A number without its area code is the one that ends so.
        let known = phones.firstIndex { $0.key.hasSuffix(key) || key.hasSuffix($0.key) }
        let standIn = known.map { phones[$0].standIn } ?? "202555" + Self.padded(phones.count + 100, to: 4)
        if let known {
            if key.count > phones[known].key.count { phones[known].key = key }
        } else {
            phones.append((key, standIn))
        }
        return (written.count, Self.spelled(standIn, like: written))
    }

    /// A whole date that is too long ago for a visit, or that follows a word of birth.
    private mutating func birthDate(_ rest: Substring, after before: ArraySlice<Character>) -> (Int, String)? {
        let isNamed = String(before.suffix(12)).lowercased().contains(/dob|born|birth/)
        let written: Substring, year: Int
        if let match = rest.prefixMatch(of: /\d{1,2}[\/\-]\d{1,2}[\/\-](\d{4}|\d{2})(?!\d)/), let number = Int(match.output.1) {
            written = match.output.0
            year = match.output.1.count == 4 ? number : number + (2000 + number > visitYear ? 1900 : 2000)
        } else if let match = rest.prefixMatch(of: /(\d{4})-\d{2}-\d{2}(?!\d)/), let number = Int(match.output.1) {
            (written, year) = (match.output.0, number)
        } else {
            return nil
        }
        guard isNamed || year <= visitYear - 12 else { return nil }
        let key = String(written)
        if births[key] == nil {
            let day = births.count % 27 + 1
            births[key] = written.split(whereSeparator: { !$0.isNumber }).enumerated().map { place, part in
                switch part.count {
                case 4: "1980"
                case 2 where place == 2 && !written.contains("-"): "80"
                default: Self.padded(place == 0 ? 1 : day, to: part.count)
                }
            }.joined(separator: written.contains("/") ? "/" : "-")
        }
        return (written.count, births[key] ?? key)
    }

    private static func names(of customer: Customer) -> [String: String] {
        let own = Set([customer.name, customer.firstName].compactMap { $0?.lowercased() }.flatMap { $0.split(separator: " ").map(String.init) })
        func free(_ pool: [String]) -> [String] { pool.filter { !own.contains($0.lowercased()) } }
        var first = free(firstNames)[...], last = free(lastNames)[...], company = free(companyWords)[...]
        var names: [String: String] = [:]
        func take(_ word: String, from pool: inout ArraySlice<String>) -> String {
            if let known = names.first(where: { $0.key.lowercased() == word.lowercased() })?.value { return known }
            let standIn = pool.popFirst() ?? "Person\(names.count)"
            names[word] = standIn
            return standIn
        }
        if let firstName = customer.firstName {
            for word in firstName.split(separator: " ") where word.contains(where: \.isLetter) { _ = take(String(word), from: &first) }
        }
        for (place, word) in (customer.name ?? "").split(whereSeparator: { $0 == " " || $0 == "," }).enumerated() {
            let word = String(word)
            guard word.contains(where: \.isLetter) else { continue }
            if customer.isBusiness {
                if word.count > 1, !companyForms.contains(word.lowercased().filter { $0.isLetter }) { _ = take(word, from: &company) }
            } else if place == 0, customer.firstName == nil {
                _ = take(word, from: &first)
            } else {
                _ = take(word, from: &last)
            }
        }
        // Either half of a double name may stand alone.
        for word in names.keys where word.contains("-") {
            for half in word.split(separator: "-") where half.count > 1 { _ = take(String(half), from: &last) }
        }
        return names
    }

    /// What stays, whole, although a customer may be called like a part of it.
    private static func kept(in facts: TouchFacts) -> [String] {
        let visits = Set(facts.items.map(\.visitOn) + [facts.closedOn])
        return [
            facts.rooftop.name, facts.rooftop.city, facts.rooftop.postalAddress, facts.rooftop.bookingLink, facts.vehicle.name,
            facts.vehicle.make, facts.vehicle.displayModel,
        ].compactMap { $0 } + facts.items.flatMap { item in
            [item.category.code == ServiceCategory.otherCode ? nil : item.category.name, item.item.condition?.words].compactMap { $0 }
        } + visits.flatMap { ["\($0)", $0.words, "\($0.monthName) \($0.day)", "\($0.monthName.prefix(3)) \($0.day)"] }
    }

    /// A number of the same look: "R-1042" becomes "R-1234".
    private static func number(like text: String) -> String {
        for start in 1...9 {
            var digit = start
            let standIn = String(text.map { character in
                guard character.isNumber else { return character }
                defer { digit = digit % 9 + 1 }
                return Character("\(digit)")
            })
            if standIn != text { return standIn }
        }
        return "RO-1"
    }

    private static func link(_ link: String) -> (whole: String, token: (old: String, new: String)) {
        let parts = link.split(separator: "/", omittingEmptySubsequences: false)
        let old = parts.last.map(String.init) ?? ""
        let new = old.lowercased() == "example" ? "sample" : "example"
        return ((parts.dropLast().map(String.init) + [new]).joined(separator: "/"), (old, new))
    }

    private static func cased(_ standIn: String, like found: ArraySlice<Character>) -> String {
        let letters = found.filter(\.isLetter)
        if letters.count > 1, letters.allSatisfy(\.isUppercase) { return standIn.uppercased() }
        return !letters.isEmpty && letters.allSatisfy(\.isLowercase) ? standIn.lowercased() : standIn
    }

    private static func spelled(_ digits: String, like written: Substring) -> String {
        var left = Array(digits.suffix(min(digits.count, written.count(where: \.isNumber))))[...]
        var surplus = written.count(where: \.isNumber) - left.count
        return String(written.map { character in
            guard character.isNumber else { return character }
            guard surplus == 0 else {
                surplus -= 1
                return character
            }
            return left.popFirst() ?? character
        })
    }

    private static func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.count)) + digits
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
