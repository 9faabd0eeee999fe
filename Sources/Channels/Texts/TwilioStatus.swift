public import FollowUp

/// What Twilio reports of one text: the request of its status callback.
public struct TwilioStatus: Sendable, Equatable {
    /// Twilio's name of the text, "SM…".
    public let messageSID: String
    public let status: TwilioMessageStatus
    /// Nil where nothing went wrong.
    public let errorCode: Int?
    /// From the callback's own address; nil when it was set up elsewhere, as at a messaging service.
    public let touch: Touch.ID?
    public let attempt: Touch.Generation?

    /// Reads a callback whose signature was accepted.
    ///
    /// - Throws: ``TwilioFormError``.
    public init(_ request: SignedRequest) throws(TwilioFormError) {
        messageSID = try request.sid("MessageSid")
        guard let status = TwilioMessageStatus(rawValue: try request.value("MessageStatus")) else {
            throw .notAsExpected("MessageStatus", expected: "one of \(TwilioMessageStatus.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.status = status
        let code = try request.optionalValue("ErrorCode").flatMap { $0.isEmpty ? nil : $0 }
        errorCode = try code.map { text throws(TwilioFormError) in try Int(number: text, named: "ErrorCode") }
        let mark = request.pathAndQuery.utf8.firstIndex(of: UInt8(ascii: "?"))
        let query = SignedRequest(
            pathAndQuery: "", parameters: try TwilioForms.parse(mark.map { request.pathAndQuery.utf8[$0...].dropFirst() } ?? ""[...].utf8[...]))
        touch = try query.optionalValue("touch").map { text throws(TwilioFormError) in Touch.ID(Int64(try Int(number: text, named: "touch"))) }
        attempt = try query.optionalValue("attempt").map { text throws(TwilioFormError) in try Int(number: text, named: "attempt") }
    }

    init(messageSID: String, status: TwilioMessageStatus, errorCode: Int?, touch: Touch.ID?, attempt: Touch.Generation?) {
        self.messageSID = messageSID
        self.status = status
        self.errorCode = errorCode
        self.touch = touch
        self.attempt = attempt
    }

    /// - Parameter now: When the report came; Twilio doesn't say when the thing itself was.
    public func report(at now: Timestamp) -> DeliveryReport {
        DeliveryReport(
            providerID: messageSID, touch: touch, generation: attempt, status: deliveryStatus, detail: errorCode.map { "\($0)" }, at: now,
            haltReason: haltReason)
    }

    /// Why no further text may be sent before a person has mended something; nil when they may.
    public var haltReason: String? {
        guard let code = errorCode.flatMap(TwilioErrorCode.init), code.effect == .halts else { return nil }
        return "Twilio \(code.rawValue)"
    }

    private var deliveryStatus: DeliveryReport.Status {
        let problem = errorCode.flatMap(TwilioErrorCode.init)?.problemOnceAccepted ?? .other
        return switch status {
        case .accepted, .scheduled, .queued, .sending, .sent, .partiallyDelivered: .accepted
        case .delivered, .read: .delivered
        case .undelivered: .undelivered(problem)
        case .failed, .canceled: .failed(problem)
        }
    }
}

extension SignedRequest {
    /// - Throws: When the name isn't there exactly once.
    func value(_ name: String) throws(TwilioFormError) -> String {
        guard let value = try optionalValue(name) else { throw .missing(name) }
        return value
    }

    func optionalValue(_ name: String) throws(TwilioFormError) -> String? {
        let values = values(of: name)
        guard values.count <= 1 else { throw .repeated(name) }
        return values.first
    }

    func sid(_ name: String) throws(TwilioFormError) -> String {
        let sid = try value(name)
        guard sid.isTwilioSID else { throw .notAsExpected(name, expected: "two letters and 32 digits or letters") }
        return sid
    }
}

extension String {
    /// Two letters and 32 digits or letters.
    var isTwilioSID: Bool {
        utf8.count == 34
            && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }
}

extension Int {
    /// Decimal digits only.
    init(number text: String, named name: String) throws(TwilioFormError) {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text) else {
            throw .notAsExpected(name, expected: "a whole number")
        }
        self = number
    }
}
