internal import FollowUp

/// The number that everything random in a run of tests follows from. A test's own comes from it and the test's name, so that
/// running fewer tests changes none of them.
public struct TestSeed: Sendable, Equatable, CustomStringConvertible {
    public let number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }

    /// As it is printed: hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let number = UInt64(text, radix: 16) else { return nil }
        self.number = number
    }

    /// One that is short to type.
    public static func fresh(using random: inout some RandomNumberGenerator) -> TestSeed {
        TestSeed(UInt64.random(in: 0x1000...0xFFFF, using: &random))
    }

    public var description: String { String(number, radix: 16) }

    func seed(of test: TestCase) -> UInt64 {
        var mixer = SeededRandom(seed: number, stream: "\(test.file)\0\(test.name)".utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 })
        return mixer.next()
    }
}
