import FollowUp
import Testing

@Suite struct LocalTimeTests {
    @Test("a time of day reads and writes in 24 hours")
    func readsAndWrites() throws {
        let time = try #require(LocalTime("09:05"))
        #expect(time.description == "09:05")
        #expect(time.minutesSinceMidnight == 545)
        #expect((time.hour, time.minute) == (9, 5))
        #expect(LocalTime("23:59")?.minutesSinceMidnight == 1439)
        #expect(try #require(LocalTime("10:00")) > time)
    }

    @Test("another form is no time of day", arguments: ["24:00", "10:60", "9:05", "10:00:00", "10.00", "", "-1:00", "10:0 "])
    func refuses(text: String) {
        #expect(LocalTime(text) == nil)
    }
}
