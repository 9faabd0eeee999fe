import FollowUp
import ScriptKit
import Testing

@Suite struct SeededRandomTests {
    @Test("the same seed gives the same numbers, another stream others")
    func streams() {
        var one = SeededRandom(seed: 7, stream: 1)
        var same = SeededRandom(seed: 7, stream: 1)
        var other = SeededRandom(seed: 7, stream: 2)
        let numbers = (0..<4).map { _ in one.next() }
        #expect(numbers == (0..<4).map { _ in same.next() })
        #expect(numbers != (0..<4).map { _ in other.next() })
    }
}
