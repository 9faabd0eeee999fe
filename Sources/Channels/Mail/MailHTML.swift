internal import Foundation

/// The HTML of a message: its text, escaped, with paragraphs and links that can be clicked.
enum MailHTML {
    /// Lines of the page. The last paragraph, which says who writes and how to stop, is set smaller and stays legible.
    static func page(of lines: [String]) -> [String] {
        let paragraphs = lines.split { line in line.allSatisfy(\.isWhitespace) }
        let body = paragraphs.enumerated().flatMap { number, paragraph in
            let isFooter = number > 0 && number == paragraphs.count - 1
            let start = isFooter ? "<p style=\"font-size:14px;color:#555555\">" : "<p>"
            return [start] + paragraph.dropLast().map { line($0) + "<br>" } + paragraph.suffix(1).map { line($0) + "</p>" }
        }
        return [
            "<!DOCTYPE html>",
            "<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"></head>",
            "<body style=\"font-family:sans-serif;font-size:16px;line-height:1.5;color:#222222;max-width:36em\">",
        ] + body + ["</body></html>"]
    }

    static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func line(_ text: String) -> String {
        var html = ""
        var rest = text[...]
        while let start = [rest.range(of: "https://"), rest.range(of: "http://")].compactMap({ $0 }).min(by: { $0.lowerBound < $1.lowerBound }) {
            html += escaped(rest[..<start.lowerBound])
            let link = url(rest[start.lowerBound...])
            rest = rest[link.endIndex...]
            html += link.endIndex > start.upperBound ? "<a href=\"\(escaped(link))\">\(escaped(link))</a>" : escaped(link)
        }
        return html + escaped(rest)
    }

    /// Up to a space, a bracket or a quote, without the sentence's own marks at its end.
    private static func url(_ text: Substring) -> Substring {
        var link = text.prefix { !$0.isWhitespace && !"<>\"“”".contains($0) }
        while let last = link.last, ".,;:!?)]'’".contains(last) { link = link.dropLast() }
        return link
    }
}
