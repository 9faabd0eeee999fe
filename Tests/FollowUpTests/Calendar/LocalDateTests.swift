import FollowUp
import Testing

@Suite struct LocalDateTests {
    @Test("a date reads, writes and says itself")
    func readsAndWrites() throws {
        let date = try #require(LocalDate("2026-03-03"))
        #expect(date.description == "2026-03-03")
        #expect(date.words == "Tuesday, March 3")
        #expect((date.year, date.month, date.day) == (2026, 3, 3))
        #expect(date.weekday == .tuesday)
        #expect(LocalDate("0001-01-01")?.weekday == .monday)
        #expect(LocalDate("1970-01-01")?.dayNumber == 0)
        #expect(LocalDate("1969-12-31")?.dayNumber == -1)
    }

    @Test(
        "a day that doesn't exist, or another form, is no date",
        arguments: [
            "2026-02-29", "2100-02-29", "2026-00-10", "2026-13-01", "2026-04-31", "2026-3-03", "03/03/2026", "", "2026-03-03 ",
            "+026-03-03", "0000-01-01", "２０２６-03-03", "2026-03-0x",
        ])
    func refuses(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test("every day from 1599 to 2402 goes to its fields and back, one weekday after the other")
    func roundTrips() throws {
        var date = try #require(LocalDate(year: 1599, month: 12, day: 31))
        let end = try #require(LocalDate(year: 2402, month: 1, day: 1))
        var expected = (year: 1599, month: 12, day: 31)
        var weekday = date.weekday
        while date < end {
            let agrees =
                (date.year, date.month, date.day) == expected && date.weekday == weekday
                && LocalDate(date.description) == date
            if !agrees { Issue.record("\(date) instead of \(expected)") }
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1) ?? .monday
            let isLeap = expected.year % 4 == 0 && (expected.year % 100 != 0 || expected.year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            expected.day += 1
            if expected.day > lengths[expected.month - 1] { expected = (expected.year, expected.month + 1, 1) }
            if expected.month > 12 { expected = (expected.year + 1, 1, 1) }
            date = date + 1
        }
        #expect(end - (try #require(LocalDate("2000-02-29"))) == 146769)
    }

    @Test("adding days never leaves the years 1 to 9999")
    func clamps() {
        #expect((LocalDate.last + 1).description == "9999-12-31")
        #expect((LocalDate.last + Int.max).description == "9999-12-31")
        #expect((LocalDate.first - Int.max).description == "0001-01-01")
        #expect((LocalDate.first + Int.min).description == "0001-01-01")
        #expect((LocalDate.first + -1) == LocalDate.first)
    }
}
