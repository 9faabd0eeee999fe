import Foundation
import MailShim
import Testing

/// On which side of the final dot a transaction broke off.
@Suite(.timeLimit(.minutes(10))) struct FinalDotTests {
    /// Sends to the server what the shim is given, without the gateway.
    private func send(_ message: String, to server: MailServer) -> mail_result {
        "smtp://localhost:\(server.port)/revisit.example".withCString { url in
            "a@mail.example".withCString { address in
                message.withCString { bytes in
                    var order = mail_order()
                    order.url = url
                    order.from = address
                    order.to = address
                    order.tls = Int32(MAIL_TLS_NONE)
                    order.message = bytes
                    order.length = message.utf8.count
                    order.connect_milliseconds = 5_000
                    order.dot_milliseconds = 20_000
                    order.total_milliseconds = 20_000
                    return mail_send(&order)
                }
            }
        }
    }

    private static func message(bodyLines: Int) -> String {
        "Subject: x\r\n\r\n" + String(repeating: String(repeating: "y", count: 74) + "\r\n", count: bodyLines)
    }

    @Test("a long message that broke off is certain to be before the dot")
    func longMessage() throws {
        for count in [0, 1, 1_000, 100_000] {
            let server = try MailServer("--die", "bytes:\(count)")
            let result = send(Self.message(bodyLines: 200_000), to: server)
            #expect(Int(result.stage) == MAIL_DATA)
            #expect(result.reply_after_dot == 0 && server.dots == 0)
        }
    }

    @Test("a short message that broke off before its last bytes is certain as well")
    func shortMessage() throws {
        let server = try MailServer("--die", "data")
        let result = send(Self.message(bodyLines: 2), to: server)
        #expect(Int(result.stage) == MAIL_DATA && result.reply == 354)
        #expect(server.dots == 0)
    }

    @Test("whenever the dot arrived, wherever the connection broke, the shim says that it may have")
    func everywhere() throws {
        let message = Self.message(bodyLines: 2)
        let length = message.utf8.count
        for count in [1, length / 2, length - 2, length - 1, length, length + 1, length + 2, length + 3] {
            let server = try MailServer("--die", "bytes:\(count)")
            let result = send(message, to: server)
            #expect(result.reply_after_dot == 0)
            if Int(result.stage) != MAIL_DOT { #expect(server.dots == 0, "\(count) of \(length) bytes") }
            if count == length + 3 { #expect(server.dots == 1 && Int(result.stage) == MAIL_DOT) }
        }
    }

    @Test("dots at a line's start arrive as they were, wherever the pieces are cut", arguments: [
        "Subject: x\r\n\r\n.\r\n..\r\n.a\r\n", "Subject: x\r\n\r\na\r\n.\r\n", "Subject: x\r\n\r\n\r\n\r\n.\r\n\r\n", "Subject: x\r\n\r\n",
    ])
    func dots(message: String) throws {
        let server = try MailServer()
        let result = send(message, to: server)
        #expect(result.reply_after_dot == 250)
        #expect(try server.accepted == [Data(message.utf8)])
    }

    @Test("a long message arrives as it was")
    func whole() throws {
        let server = try MailServer()
        let message = Self.message(bodyLines: 20_000)
        #expect(send(message, to: server).reply_after_dot == 250)
        #expect(try server.accepted == [Data(message.utf8)])
    }
}
