import FollowUp
import Testing

@Suite struct TimestampTests {
    @Test("a timestamp writes ISO 8601 in UTC and reads it back, before 1970 as well")
    func readsAndWrites() {
        for (second, text) in [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (1_772_812_800, "2026-03-06T16:00:00Z"),
            (-86_401, "1969-12-30T23:59:59Z"), (951_827_696, "2000-02-29T12:34:56Z"),
        ] as [(Int64, String)] {
            #expect(Timestamp(secondsSince1970: second).description == text)
            #expect(Timestamp(text)?.secondsSince1970 == second)
        }
    }

    @Test(
        "another form is no timestamp",
        arguments: ["2026-03-06 16:00:00Z", "2026-03-06T16:00:00", "2026-03-06T16:00Z", "2026-03-06T16:00:60Z", "2026-03-06T16:00:00+00:00", "T", ""])
    func refuses(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("seconds add and subtract")
    func arithmetic() throws {
        let ten = try #require(Timestamp("2026-03-06T10:00:00Z"))
        #expect((ten + 90).description == "2026-03-06T10:01:30Z")
        #expect((ten + 90) - ten == 90)
        #expect(ten - 1 < ten)
    }
}
