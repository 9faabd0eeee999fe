internal import Foundation

/// A folder into which a mail system delivers messages, each a file that appears whole in `new/`.
///
/// A message leaves `new/` only when its handler has returned, which must mean that it is stored for good. A crash between the two hands it out
/// again, so handlers know a message by its Message-ID. Nothing is passed over in silence: what couldn't be taken is named in the turn.
public struct Maildir: Sendable {
    public static let messagesInTurnMost = 1_000

    private let folder: URL
    private let bytesMost: Int

    /// - Parameters:
    ///   - path: The folder in which `new` and `cur` are.
    ///   - bytesMost: Larger files are left.
    public init(path: String, bytesMost: Int = MailReader.bytesMost) {
        folder = URL(filePath: path, directoryHint: .isDirectory)
        self.bytesMost = bytesMost
    }

    /// Hands out the messages that are there, one at a time, the oldest name first.
    ///
    /// - Throws: What the file system says where `new/` can't be listed.
    public func takeEach(_ handle: (_ name: String, _ bytes: [UInt8]) async throws -> Void) async throws -> MaildirTurn {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "new").path)
            .filter { !$0.hasPrefix(".") }.sorted()
        var turn = MaildirTurn()
        turn.hasMore = names.count > Self.messagesInTurnMost
        for name in names.prefix(Self.messagesInTurnMost) {
            if let reason = await take(name, handle) {
                turn.left.append(.init(name: name, reason: reason))
            } else {
                turn.taken.append(name)
            }
        }
        return turn
    }

    /// Nil when it was taken.
    private func take(_ name: String, _ handle: (String, [UInt8]) async throws -> Void) async -> MaildirTurn.Left.Reason? {
        let file = folder.appending(path: "new").appending(path: name)
        let bytes: [UInt8]
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { return .notAFile }
            guard let size = attributes[.size] as? Int, size <= bytesMost else { return .tooLarge(bytesMost: bytesMost) }
            bytes = Array(try Data(contentsOf: file))
        } catch {
            return .unreadable(error)
        }
        do {
            try await handle(name, bytes)
        } catch {
            return .notHandled(error)
        }
        do {
            // The unique part; what follows a colon are flags, of which there are none in new/ by right.
            let unique = name.prefix { $0 != ":" }
            try FileManager.default.moveItem(at: file, to: folder.appending(path: "cur").appending(path: "\(unique):2,S"))
        } catch {
            return .notMoved(error)
        }
        return nil
    }
}
