import Testing

@testable import NotificationFunctions

@Suite struct ChannelDecisionTests {
  private let paid = ChannelDecision(
    wanted: [.inApp, .push, .email, .whatsapp], category: .payment, type: "payment_success", priority: .high)
  private let trouble = ChannelDecision(
    wanted: [.inApp, .push, .email], category: .payment, type: "payment_expired", priority: .high)
  private let reachable = Reachability(hasDevice: true, hasEmail: true, hasPhone: true)

  @Test func `of an unknown user only the app remains`() {
    #expect(paid.channels(Preference(), Reachability()) == [.inApp])
  }

  @Test func `all that is wanted, allowed and reachable`() {
    #expect(paid.channels(Preference(), reachable) == [.inApp, .push, .email])
    #expect(paid.channels(Preference(whatsappEnabled: true), reachable) == [.inApp, .push, .email, .whatsapp])
  }

  @Test func `an old event is worth a line in the app, no more`() {
    var late = paid
    late.isLate = true
    #expect(late.channels(Preference(), reachable) == [.inApp])
    let mention = ChannelDecision(
      wanted: [.inApp, .push], category: .social, type: "mentioned_in_comment", priority: .normal, isLate: true)
    #expect(mention.channels(Preference(), reachable) == [])
  }

  @Test func `without a device, WhatsApp stands in where the user allows it`() {
    let phone = Reachability(hasEmail: true, hasPhone: true)
    #expect(trouble.channels(Preference(whatsappEnabled: true), phone) == [.inApp, .email, .whatsapp])
    #expect(trouble.channels(Preference(), phone) == [.inApp, .email])
  }

  @Test func `SMS stands in for what is urgent only`() {
    var alert = ChannelDecision(wanted: [.push], category: .security, type: "security_alert", priority: .urgent)
    let phone = Reachability(hasEmail: true, hasPhone: true)
    #expect(alert.channels(Preference(), phone) == [.sms])
    alert.priority = .high
    #expect(alert.channels(Preference(), phone) == [.email])
    alert.priority = .normal
    #expect(alert.channels(Preference(), phone) == [])
  }

  @Test(arguments: [(Priority.low, false), (.normal, false), (.high, true), (.urgent, true)])
  func `a text message is sent for what presses only, even where it is asked for`(priority: Priority, isSent: Bool) {
    let asked = ChannelDecision(wanted: [.sms, .email], category: .order, type: "order_shipped", priority: priority)
    let open = asked.channels(Preference(), Reachability(hasEmail: true, hasPhone: true))
    #expect(open == (isSent ? [.sms, .email] : [.email]))
  }

  @Test func `nothing stands in for a push that the user does not want`() {
    let phone = Reachability(hasPhone: true)
    let preference = Preference(pushEnabled: false, whatsappEnabled: true)
    #expect(trouble.channels(preference, phone) == [.inApp])
  }

  @Test func `money always shows in the app, other things only if wanted`() {
    let preference = Preference(inAppEnabled: false)
    let liked = ChannelDecision(wanted: [.inApp], category: .social, type: "post_liked", priority: .low)
    #expect(trouble.channels(preference, Reachability()) == [.inApp])
    #expect(liked.channels(preference, Reachability()) == [])
  }
}
