// Splits and groups an export, and does nothing with it: what of `revisit map` is the reader's.
// splitbench FILE [GROUP_COLUMN]
internal import Feeds
internal import Foundation

var format = FeedFormat()
if CommandLine.arguments.count > 2 { format.groupBy = [CommandLine.arguments[2]] }
let clock = ContinuousClock()
let started = clock.now
let reader = FeedReader(format: format, source: try FileByteSource(path: CommandLine.arguments[1]))
_ = try reader.open()
let opened = clock.now
var cellBytes = 0
while let record = try reader.next() {
    guard case .group(let group) = record else { continue }
    for i in 0..<group.count {
        group[i].withCellRanges { ranges, _ in
            for range in ranges { cellBytes += Int(range.length) }
        }
    }
}
let total = (clock.now - started) / .seconds(1)
var usage = rusage()
getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
print(reader.summary)
print("\(cellBytes) bytes of cells, first reading \((opened - started) / .seconds(1)) s, all \(total) s, "
    + "\(Int(Double(reader.summary.rows) / total)) rows/s, peak \(usage.ru_maxrss) KB")
