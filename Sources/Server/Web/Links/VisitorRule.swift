internal import FollowUp
internal import HTTPTypes

/// Tells people who open a link from programs that fetch it, for counting alone: no visit changes anything else, so a wrong guess costs a number.
///
/// Programs that look like a browser (Microsoft's Safe Links, Proofpoint's sandbox) can't be told apart, which is why a GET never acts.
enum VisitorRule {
    private static let prefetchHeaders = ["Purpose", "Sec-Purpose", "X-Purpose", "X-Moz"].compactMap { HTTPField.Name($0) }

    /// Parts of User-Agents, lower case, by who documents or lists them.
    private static let programs = [
        // Previews in messages. Apple's Messages says facebookexternalhit and Twitterbot.
        "facebookexternalhit", "facebot", "twitterbot",  // developers.facebook.com/docs/sharing/webmasters/web-crawlers
        "whatsapp/", "telegrambot", "slackbot", "slack-imgproxy", "discordbot", "linkedinbot", "skypeuripreview", "viber/", "snapchat/",
        "pinterest/", "redditbot", "bingpreview", "google web preview", "yahoo link preview", "embedly", "iframely",
        // Search engines and their helpers: developers.google.com/search/docs/crawling-indexing/google-common-crawlers, bing.com/webmasters/help
        "googlebot", "google-read-aloud", "google-inspectiontool", "googleimageproxy", "googleother", "feedfetcher-google", "bingbot", "applebot",
        "yahoo! slurp", "yahoomailproxy", "duckduckbot", "baiduspider", "yandexbot",
        // Scanners of mail and links that name themselves.
        "barracuda", "mimecast", "proofpoint", "trend micro", "symantec", "messagelabs", "sophos", "fortiguard", "urlscan", "virustotal",
        "checkmarknetwork", "linkcheck", "w3c_validator", "microsoft office", "ms-office",
        // Libraries and tools: github.com/monperrus/crawler-user-agents
        "curl/", "wget/", "python-requests", "python-urllib", "aiohttp/", "go-http-client", "java/", "apache-httpclient", "okhttp/", "libwww-perl",
        "ruby", "php/", "node-fetch", "axios/", "headlesschrome", "phantomjs", "lighthouse",
        // What most others call themselves. "bot" alone would take phones named CUBOT for programs.
        "bot/", "bot;", "bot)", "crawler", "spider", "scanner", "prefetch", "linkpreview", "link preview",
    ]

    static func visitor(_ method: HTTPRequest.Method, _ headers: HTTPFields) -> LinkVisitor {
        guard method == .get, let agent = headers[.userAgent], !agent.isEmpty else { return .machine }
        for header in prefetchHeaders where headers[values: header].contains(where: isPrefetch) { return .machine }
        let lowered = agent.lowercased()
        return programs.contains { lowered.contains($0) } ? .machine : .person
    }

    /// "prefetch", "prefetch;prerender", "preview".
    private static func isPrefetch(_ value: String) -> Bool {
        let lowered = value.lowercased()
        return lowered.contains("prefetch") || lowered.contains("preview") || lowered.contains("prerender")
    }
}
