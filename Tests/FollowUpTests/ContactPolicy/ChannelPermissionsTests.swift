import FollowUp
import Testing

@Suite struct ChannelPermissionsTests {
    private func customer(
        textOK: Bool? = true, emailOK: Bool? = nil, preference: Customer.Preference? = nil, phone: String? = "+13125550142",
        email: String? = "a@example.net"
    ) -> Customer {
        Customer(phone: phone, email: email, textOK: textOK, emailOK: emailOK, preferredChannel: preference)
    }

    @Test("R18: the customer's preference comes first, and text is the default")
    func order() {
        #expect(ChannelPermissions(customer: customer()).allowed == [.sms, .email, .call])
        #expect(ChannelPermissions(customer: customer(preference: .email)).allowed == [.email, .sms, .call])
        #expect(ChannelPermissions(customer: customer(preference: .call)).allowed == [.call, .sms, .email])
    }

    @Test("R18: consent never asked for is no consent to texts, though it is none refused to e-mail")
    func consent() {
        let unknown = ChannelPermissions(customer: customer(textOK: nil, preference: .text))
        #expect(unknown.allowed == [.email, .call])
        #expect(unknown.refusals == [.sms: .textNotConsented])
        let refused = ChannelPermissions(customer: customer(textOK: false, emailOK: false))
        #expect(refused.allowed == [.call])
        #expect(refused.refusals == [.sms: .textRefused, .email: .emailRefused])
    }

    @Test("R19: an opt-out of the phone leaves e-mail, and an opt-out of e-mail leaves the phone")
    func optOuts() {
        #expect(ChannelPermissions(customer: customer(), optOuts: [.phone]).allowed == [.email])
        #expect(ChannelPermissions(customer: customer(), optOuts: [.email]).allowed == [.sms, .call])
        #expect(ChannelPermissions(customer: customer(), optOuts: [.phone, .email]).channel(wished: .sms) == nil)
    }

    @Test("R19: a missing or empty address permits nothing")
    func missing() {
        #expect(ChannelPermissions(customer: customer(phone: nil, email: "")).allowed == [])
        #expect(ChannelPermissions(customer: customer(phone: "", email: nil)).refusals == [.sms: .noPhone, .email: .noEmail, .call: .noPhone])
    }
}
