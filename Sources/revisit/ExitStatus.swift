internal import ArgumentParser
internal import Feeds
internal import Lua
internal import SQLiteStorage
internal import Scripting

/// The exit codes that the commands share, each with its one meaning.
enum ExitStatus {
    static let findings = ExitCode(1)
    static let nothingRan = ExitCode(4)
    static let badData = ExitCode(65)
    static let missingInput = ExitCode(66)
    static let limitHit = ExitCode(69)
    static let ourFault = ExitCode(70)

    /// Prints what went wrong, with the file it went wrong in, and gives the code to leave with.
    static func of(_ error: any Error, in place: String) -> ExitCode {
        if let code = error as? ExitCode { return code }
        Console.complain("\(place): \(error)")
        return switch error {
        case FeedError.unreadable: missingInput
        case is ScriptBundle.Unreadable: missingInput
        case is LimitExceeded: limitHit
        case is FeedError, is FeedFormatError, is ScriptError, is Mapper.NoMapping, is RooftopReader.Invalid: badData
        case SQLiteLedgerError.cannotWrite, SQLiteLedgerError.notADatabase, SQLiteLedgerError.notALedger: missingInput
        default: ourFault
        }
    }
}
