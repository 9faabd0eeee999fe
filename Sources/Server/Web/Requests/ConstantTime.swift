/// Comparing secrets.
enum ConstantTime {
    /// Gives whether both are the same; it takes as long wherever they differ. That their lengths differ may show.
    static func equal(_ given: String, _ secret: String) -> Bool {
        let (left, right) = (Array(given.utf8), Array(secret.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
