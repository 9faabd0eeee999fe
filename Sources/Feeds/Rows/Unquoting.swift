/// Turns the inside of a quoted cell into its text.
enum Unquoting {
    /// Writes `text` with each doubled quote made one to `output`, and returns the number of bytes written.
    static func collapse(
        _ text: UnsafePointer<UInt8>, count: Int, quote: UInt8, to output: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var written = 0
        var i = 0
        while i < count {
            let byte = text[i]
            output[written] = byte
            written += 1
            i += byte == quote && i + 1 < count && text[i + 1] == quote ? 2 : 1
        }
        return written
    }
}
