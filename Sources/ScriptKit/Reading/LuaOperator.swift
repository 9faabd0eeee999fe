/// The operators of Lua 5.4 and how strongly they bind.
enum LuaOperator {
    enum Unary: String, Sendable {
        case not, minus = "-", length = "#", complement = "~"

        init?(_ kind: LuaToken.Kind) {
            switch kind {
            case .keyword(.not): self = .not
            case .sign(.minus): self = .minus
            case .sign(.hash): self = .length
            case .sign(.tilde): self = .complement
            case .name, .number, .string, .keyword, .sign, .end: return nil
            }
        }

        /// All unary operators bind alike.
        static let priority = 12
    }

    enum Binary: String, Sendable {
        case or, and, less = "<", greater = ">", atMost = "<=", atLeast = ">=", unequal = "~=", equal = "=="
        case bitOr = "|", bitXor = "~", bitAnd = "&", shiftLeft = "<<", shiftRight = ">>", concat = ".."
        case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//", modulo = "%", power = "^"

        init?(_ kind: LuaToken.Kind) {
            switch kind {
            case .keyword(let word): self.init(rawValue: word.rawValue)
            case .sign(let sign): self.init(rawValue: sign.rawValue)
            case .name, .number, .string, .end: return nil
            }
        }

        /// How strongly it binds what is on its left and on its right; the right is the weaker in `a .. b .. c` and `a ^ b ^ c`.
        var priority: (left: Int, right: Int) {
            switch self {
            case .or: (1, 1)
            case .and: (2, 2)
            case .less, .greater, .atMost, .atLeast, .unequal, .equal: (3, 3)
            case .bitOr: (4, 4)
            case .bitXor: (5, 5)
            case .bitAnd: (6, 6)
            case .shiftLeft, .shiftRight: (7, 7)
            case .concat: (9, 8)
            case .add, .subtract: (10, 10)
            case .multiply, .divide, .floorDivide, .modulo: (11, 11)
            case .power: (14, 13)
            }
        }

        var isEquality: Bool { self == .equal || self == .unequal }

        /// It needs two numbers.
        var isArithmetic: Bool {
            switch self {
            case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power: true
            case .or, .and, .less, .greater, .atMost, .atLeast, .unequal, .equal, .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .concat: false
            }
        }

        /// It asks which of two comes first.
        var isOrder: Bool {
            switch self {
            case .less, .greater, .atMost, .atLeast: true
            case .or, .and, .unequal, .equal, .bitOr, .bitXor, .bitAnd, .shiftLeft, .shiftRight, .concat, .add, .subtract, .multiply, .divide,
                .floorDivide, .modulo, .power: false
            }
        }
    }
}
