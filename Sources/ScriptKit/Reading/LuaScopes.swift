/// Which names mean what while a text is parsed: visible locals, and labels that gotos may reach.
struct LuaScopes {
    /// Variables of one function at one place, loops' hidden ones with them, as Lua 5.4 has it.
    static let mostLocals = 200

    struct Jump {
        let name: String
        let offset: Int
        /// Visible locals of the function at the goto; fewer when it has left blocks since.
        var activeCount: Int
    }

    private struct Block {
        let isLoop: Bool
        let activeCount: Int
        let firstLabel: Int
        let firstJump: Int
    }

    private struct Label {
        let name: String
        let activeCount: Int
    }

    private struct Body {
        let id: LuaFunction.ID
        var active: [LuaLocal.ID?] = []
        var blocks: [Block] = []
        var labels: [Label] = []
        var jumps: [Jump] = []
    }

    private var bodies: [Body] = []

    var function: LuaFunction.ID { bodies[bodies.count - 1].id }
    var isInLoop: Bool { top.blocks.contains { $0.isLoop } }
    private var top: Body {
        get { bodies[bodies.count - 1] }
        _modify { yield &bodies[bodies.count - 1] }
    }

    mutating func enterFunction(_ id: LuaFunction.ID) { bodies.append(Body(id: id)) }
    mutating func leaveFunction() { bodies.removeLast() }

    mutating func enterBlock(isLoop: Bool) {
        top.blocks.append(Block(isLoop: isLoop, activeCount: top.active.count, firstLabel: top.labels.count, firstJump: top.jumps.count))
    }

    /// Gives the locals whose scope ends, and the goto that can reach no label any more, if there is one.
    mutating func leaveBlock() -> (ended: [LuaLocal.ID], lost: Jump?) {
        let block = top.blocks.removeLast()
        let ended = top.active[block.activeCount...].compactMap { $0 }
        top.active.removeSubrange(block.activeCount...)
        top.labels.removeSubrange(block.firstLabel...)
        for place in block.firstJump..<top.jumps.count {
            top.jumps[place].activeCount = min(top.jumps[place].activeCount, block.activeCount)
        }
        return (ended, top.blocks.isEmpty ? top.jumps.first : nil)
    }

    /// Makes a local visible; nil is one that Lua hides in a loop. False when there are too many.
    mutating func activate(_ local: LuaLocal.ID?) -> Bool {
        top.active.append(local)
        return top.active.count <= Self.mostLocals
    }

    /// The visible locals, the innermost first.
    func visible(where matches: (LuaLocal.ID) -> Bool) -> LuaLocal.ID? {
        for body in bodies.reversed() {
            for case let local? in body.active.reversed() where matches(local) { return local }
        }
        return nil
    }

    /// A goto reaches a visible label at once, and any other waits for one.
    mutating func jump(to name: String, at offset: Int) {
        if top.labels.contains(where: { $0.name == name }) { return }
        top.jumps.append(Jump(name: name, offset: offset, activeCount: top.active.count))
    }

    func hasLabel(_ name: String) -> Bool { top.labels.contains { $0.name == name } }

    /// Adds a label and ends the gotos that waited for it. Gives one that would jump into the scope of a local.
    mutating func label(_ name: String, isLast: Bool) -> Jump? {
        guard let block = top.blocks.last else { return nil }
        let activeCount = isLast ? block.activeCount : top.active.count
        top.labels.append(Label(name: name, activeCount: activeCount))
        let waiting = top.jumps[block.firstJump...].filter { $0.name == name }
        top.jumps = top.jumps[..<block.firstJump] + top.jumps[block.firstJump...].filter { $0.name != name }
        return waiting.first { $0.activeCount < activeCount }
    }
}
