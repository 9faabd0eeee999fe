/// The lines of a source that have code, read from what `lua_dump` of Lua 5.4 gives.
///
/// The return that Lua adds at the end of every function is left out: its line, that of `end`, is no code of the author's.
struct CompiledLines {
    private static let headerBytes = 4 + 1 + 1 + 6 + 3 + 8 + 8
    private static let instructionBytes = 4
    /// Stands where a line's distance from the one before doesn't fit in a byte.
    private static let absoluteMark: Int8 = -128

    private enum Constant {
        static let float: UInt8 = 0x13, integer: UInt8 = 0x03, shortText: UInt8 = 0x04, longText: UInt8 = 0x14
    }

    private let bytes: UnsafeRawBufferPointer
    private var place = headerBytes + 1  // and the number of the main function's upvalues
    private var found: Set<Int> = []

    /// Ascending.
    private(set) var lines: [Int] = []

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        readFunction()
        lines = found.sorted()
    }

    private mutating func readFunction() {
        skipText()  // the source's name
        let first = number()
        _ = number()  // the last line
        skip(1)  // parameters
        let isVariadic = byte() != 0
        skip(1)  // registers
        skip(number() * Self.instructionBytes)
        for _ in 0..<number() { skipConstant() }
        skip(number() * 3)  // upvalues: in the stack, index, kind
        for _ in 0..<number() { readFunction() }
        readLines(from: first, isVariadic: isVariadic)
        for _ in 0..<number() {  // local variables
            skipText()
            _ = (number(), number())
        }
        for _ in 0..<number() { skipText() }  // names of upvalues
    }

    private mutating func readLines(from first: Int, isVariadic: Bool) {
        let steps = (0..<number()).map { _ in Int8(bitPattern: byte()) }
        var absolute: [Int: Int] = [:]
        for _ in 0..<number() {
            let instruction = number()
            absolute[instruction] = number()
        }
        var line = first
        for (instruction, step) in steps.enumerated() {
            line = step == Self.absoluteMark ? absolute[instruction] ?? line : line + Int(step)
            // A variadic function begins with an instruction that no line asked for.
            let isAdded = instruction == steps.count - 1 || (isVariadic && instruction == 0)
            if !isAdded { found.insert(line) }
        }
    }

    private mutating func skipConstant() {
        switch byte() {
        case Constant.float, Constant.integer: skip(8)
        case Constant.shortText, Constant.longText: skipText()
        default: break
        }
    }

    private mutating func skipText() {
        let size = number()
        if size > 1 { skip(size - 1) }
    }

    /// Seven bits a byte, the highest first; the last byte is marked.
    private mutating func number() -> Int {
        var number = 0
        while place < bytes.count {
            let next = byte()
            number = (number << 7 | Int(next & 0x7F)) & 0xFFFF_FFFF
            if next & 0x80 != 0 { break }
        }
        return number
    }

    private mutating func byte() -> UInt8 {
        guard place < bytes.count else { return 0x80 }
        defer { place += 1 }
        return bytes[place]
    }

    private mutating func skip(_ count: Int) { place = min(bytes.count, place + count) }
}
