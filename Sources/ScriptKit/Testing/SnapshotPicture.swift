internal import FollowUp
internal import Lua

/// Draws a value for people to review: a text as the phone shows it, an e-mail as a mail client does, all else field by field.
enum SnapshotPicture {
    static func text(of value: Value) -> String {
        switch value {
        case .string(let text): return PhonePicture(text: text).drawing
        case .map where value["subject"].string != nil && value["text"].string != nil:
            return "Subject: \(value["subject"].string ?? "")\n\n\(value["text"].string ?? "")"
        default: return PrettyValue(value).text
        }
    }
}
