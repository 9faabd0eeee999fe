import Crypto
import FollowUp
import Foundation
import Testing

@testable import Server

@Suite struct PageTests {
    @Test("the policy's hash is that of the style")
    func hash() {
        let digest = Data(SHA256.hash(data: Array(LinkPage.style.utf8))).base64EncodedString()
        #expect(LinkPage.styleSHA256 == digest)
    }

    @Test("names as hostile as they come stay text", arguments: 0..<200 as Range<UInt64>)
    func hostileNames(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pieces = [
            "<script>alert(1)</script>", "\"", "'", "&", "<", ">", "&lt;", "</title>", "<!--", "-->", "]]>", "javascript:", "onload=x", "\u{202E}", "\u{0}",
            "\n", "\r\n", "Ford", "é", "👍", "\u{FEFF}", "</style>", "<svg/onload=x>", "\u{2028}", "<form action=//evil>",
        ]
        func name() -> String { (0..<Int.random(in: 1...8, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined() }
        let link = BookingLink(
            touch: .init(1), rooftop: "r", rooftopName: name(), customer: .phone("+13125550142"),
            vehicle: Vehicle(year: 2019, make: name(), model: name()), visitOn: LocalDate("2026-03-06")!, items: [name(), name()], ended: nil)
        let facts = RooftopFacts(id: "r", name: link.rooftopName, phone: name())
        let plain = BookingLink(
            touch: .init(1), rooftop: "r", rooftopName: "A", customer: .phone("+1"), vehicle: Vehicle(year: 2019, make: "B", model: "C"),
            visitOn: link.visitOn, items: ["D", "E"], ended: nil)
        let plainFacts = RooftopFacts(id: "r", name: "A", phone: "1")
        let pages: [(String, String)] =
            [(LinkPage.landing(link, facts), LinkPage.landing(plain, plainFacts)), (LinkPage.confirmation(link), LinkPage.confirmation(plain))]
            + LinkAction.allCases.map { (LinkPage.thanks($0, link, facts), LinkPage.thanks($0, plain, plainFacts)) }
        for (hostile, harmless) in pages {
            // The same markup, whatever the names: as many of each character that markup is made of.
            for mark in ["<", ">", "\"", "<script", "<form", "<svg"] {
                #expect(hostile.components(separatedBy: mark).count == harmless.components(separatedBy: mark).count, "seed \(seed): \(mark)")
            }
            #expect(!hostile.unicodeScalars.contains("\u{202E}") && !hostile.unicodeScalars.contains("\u{0}"))
        }
        let answer = TextAnswer.twiML(.help, from: facts)
        let document = XMLText(answer)
        #expect(document.elements == ["Response", "Message"], "seed \(seed)")
    }

    @Test("a page says what the follow-up's end means to the customer", arguments: EnrollmentEnd.allCases)
    func ended(end: EnrollmentEnd) {
        let link = BookingLink(
            touch: .init(1), rooftop: "r", rooftopName: "A", customer: .phone("+1"), vehicle: Vehicle(), visitOn: LocalDate("2026-03-06")!, items: [],
            ended: end)
        let page = LinkPage.landing(link, RooftopFacts(id: "r", name: "A"))
        #expect(page.contains("About the visit of your vehicle on Friday, March 6."))
        #expect(page.contains("Stop these messages"))
        #expect(!page.contains("tel:"))
    }
}

/// Repeats itself for a seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
