internal import ArgumentParser
internal import Feeds
internal import FollowUp
internal import Lua
internal import ScriptKit
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
    static let badConfiguration = ExitCode(78)
    static let interrupted = ExitCode(130)

    /// Prints what went wrong, after the rooftop or the export that it went wrong in, and gives the code to leave with.
    static func of(_ error: any Error, rooftop: String, export: String? = nil) -> ExitCode {
        switch error {
        case let code as ExitCode: return code
        case FeedError.unreadable: return complain("\(error)", missingInput)
        case is FeedError, is ExportMapping.NothingMapped: return complain("\(export ?? rooftop): \(error)", badData)
        case is TooManyErrors:
            return complain("\(export ?? rooftop): \(error)\nrevisit map with --quarantine rows.jsonl shows every one of them", badData)
        case is ValidationError, is NewRooftop.Refused, is UnknownZone: return complain("\(error)", ExitCode(64))
        case is ExistingLedger.Missing, is SimulationRun.LedgerExists, is InputText.Unreadable, is RooftopFolder.NoRepairOrder:
            return complain("\(error)", missingInput)
        case is ServeConfiguration.Faulty: return complain("\(error)", badConfiguration)
        case is RecordedTest.Refused, is InboxCommand.Refused: return complain("\(error)", missingInput)
        case is ScenarioReader.Invalid, is SimulationRun.UnknownRepairOrder, is SnapshotFile.Malformed, is RecordedTouch.Unreadable: return complain("\(error)", badData)
        case is ScriptBundle.Unreadable, is QuarantineOutput.Unwritable, is DropFolder.Unusable: return complain("\(error)", missingInput)
        case is LimitExceeded: return complain("\(rooftop): \(error)", limitHit)
        case is FeedFormatError, is ScriptError, is Mapper.NoMapping, is RooftopReader.Invalid:
            return complain("\(rooftop): \(error)", badData)
        case let error as SQLiteLedgerError: return complain("\(error)", code(of: error))
        default: return complain("\(rooftop): \(error)", ourFault)
        }
    }

    private static func code(of error: SQLiteLedgerError) -> ExitCode {
        switch error {
        case .cannotWrite: missingInput
        case .notADatabase, .notALedger, .damaged, .journalUnusable: badData
        case .newerSchema, .settingRefused: badConfiguration
        case .diskFull, .busy, .failed, .diskFailed, .replaced: ourFault
        }
    }

    private static func complain(_ text: String, _ code: ExitCode) -> ExitCode {
        Console.complain(text)
        return code
    }
}
