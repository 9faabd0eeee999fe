import Foundation

let clock = ContinuousClock()

/// Nanoseconds of one of `count` calls.
func nanoseconds(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    let start = clock.now
    for _ in 0..<count { try body() }
    return (clock.now - start) / .nanoseconds(1) / Double(count)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// The memory that the process holds, in bytes.
func residentBytes() -> Int {
    guard let statm = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
    return (Int(statm.split(separator: " ")[1]) ?? 0) * 4096
}

/// One line of the table: what, the figure, what is asked.
func row(_ what: String, _ figure: String, _ asked: String = "") {
    print(what.padding(toLength: 58, withPad: " ", startingAt: 0) + figure.padding(toLength: 34, withPad: " ", startingAt: 0) + asked)
    fflush(nil)
}

extension Double {
    var whole: String { String(Int(rounded())) }
    var twoPlaces: String { String(format: "%.2f", self) }
}
