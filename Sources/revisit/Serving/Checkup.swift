internal import Channels
internal import FollowUp
internal import Foundation
internal import Lua
internal import SQLiteStorage

/// Looks at all that `revisit serve` rests on, and gathers a line for each.
struct Checkup {
    /// Seconds that our clock may differ from a provider's.
    private static let clockSecondsMost: Int64 = 30
    private static let freeBytesLeast = 500 << 20
    private static let lookBackSeconds = 7 * Timestamp.secondsPerDay

    /// "✓ database  ledger.sqlite can be read and written".
    private(set) var lines: [String] = []
    private(set) var isWorrying = false

    /// - Parameters:
    ///   - worry: What is wrong and what to do; nil when all is well.
    mutating func note(_ subject: String, _ worry: String?, _ good: String) {
        if worry != nil { isWorrying = true }
        lines.append("\(worry == nil ? "✓" : "✗") \(Columns.left(subject, 15))\(worry ?? good)")
    }

    mutating func scripts(_ configuration: ServeConfiguration) async {
        let pool = SandboxPool()
        var ids: [String: String] = [:]
        for path in configuration.rooftops {
            do {
                let folder = try await RooftopFolder(path)
                _ = try await folder.scripts(in: pool)
                note("rooftop", linkWorry(folder.rooftop, configuration), "\(folder.rooftop.id): scripts load")
                if let other = ids.updateValue(path, forKey: folder.rooftop.id) {
                    note("rooftop", "\(path) and \(other) both have the id \(folder.rooftop.id); give each its own", "")
                }
            } catch {
                note("rooftop", "\(path): \(error)", "")
            }
        }
    }

    /// A link that leads elsewhere never reaches this server.
    private func linkWorry(_ rooftop: Rooftop, _ configuration: ServeConfiguration) -> String? {
        guard !rooftop.bookingLink.hasPrefix(configuration.publicURL + "/") else { return nil }
        return "\(rooftop.id): booking_link in rooftop.lua is \(rooftop.bookingLink), which doesn't begin with public_url \(configuration.publicURL): "
            + "its links won't lead here"
    }

    mutating func database(_ path: String, at now: Timestamp) async {
        do {
            guard FileManager.default.fileExists(atPath: path) else {
                return note("database", nil, "\(path) will be made when revisit serve starts")
            }
            let ledger = try SQLiteLedger(path: path)
            try await ledger.check()
            note("database", nil, "\(path) is whole, and can be read and written")
            let standing = try await ledger.standing(since: now - Self.lookBackSeconds)
            note(standing)
            try ledger.close()
        } catch {
            note("database", "\(error)", "")
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? Int
        if let free {
            note("disk", free < Self.freeBytesLeast ? "only \(free >> 20) MB are free for \(path)" : nil, "\(free >> 20) MB are free")
        }
    }

    private mutating func note(_ standing: DeliveryStanding) {
        for halt in standing.halts {
            note("channel", "\(halt.channel.rawValue) is halted since \(halt.since): \(halt.reason). Mend it, then revisit resume \(halt.channel.rawValue)", "")
        }
        for rooftop in standing.heldRooftops {
            note("rooftop", "\(rooftop) stood still for over a week and waits for your word: revisit resume with its folder", "")
        }
        if !standing.parked.isEmpty {
            let some = standing.parked.prefix(5).map(\.description).joined(separator: ", ")
            note("touches", "nobody knows whether \(some)\(standing.parked.count > 5 ? ", …" : "") went out; find out, then revisit settle TOUCH sent or not-sent", "")
        }
        if standing.heldCustomers > 0 {
            let who = standing.heldCustomers == 1 ? "1 customer's answer" : "\(standing.heldCustomers) customers' answers"
            note("inbox", "\(who) may mean stop; nothing is sent to them until you look: revisit inbox", "")
        }
        if let filtered = standing.problems[.filtered] {
            note("carriers", "\(filtered) messages were taken for spam in the last 7 days; look at their words and at the sender's registration", "")
        }
    }

    mutating func providers(_ configuration: ServeConfiguration, _ clock: any WallClock) async {
        if let texts = configuration.texts {
            let rate = SendRate(perSecond: 1, now: { ContinuousClock.now }, sleep: { try await Task.sleep(for: $0) })
            let answer = await TwilioGateway(settings: texts, rate: rate, clock: clock) { _ in "" }.check()
            note("texts", answer.refusal.map { "\(texts): \($0)" }, "\(texts) lets us in")
            if let ahead = answer.clockAheadSeconds {
                let words = "the clock is \(abs(ahead)) s \(ahead < 0 ? "behind" : "ahead of") the provider's"
                note("clock", abs(ahead) > Self.clockSecondsMost ? words + "; set it, or touches go out at the wrong time" : nil, words)
            }
        } else {
            note("texts", nil, "none are sent: the configuration has no twilio")
        }
        if let mail = configuration.mail {
            let answer = await mail.gateway(clock: clock, publicURL: configuration.publicURL, name: { _ in nil }, token: { _ in "" }).check()
            note("e-mail", answer.refusal.map { "\(mail.smtp.host): \($0)" }, "\(mail.smtp.host) lets us in")
        } else {
            note("e-mail", nil, "none is sent: the configuration has no smtp")
        }
    }
}
