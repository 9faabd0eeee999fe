import Foundation

/// SplitMix64, so that a failing case can be run again from its printed seed.
struct MailRandom: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    /// The seed is printed, or taken from REVISIT_SEED.
    init(_ test: String = #function) {
        seed = ProcessInfo.processInfo.environment["REVISIT_SEED"].flatMap(UInt64.init) ?? UInt64.random(in: 0...999_999_999)
        state = seed
        print("\(test): REVISIT_SEED=\(seed)")
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Text of the pieces, joined.
    mutating func text(of pieces: [String], most: Int) -> String {
        (0..<Int.random(in: 0...most, using: &self)).map { _ in pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
