import Testing

@testable import NotificationFunctions

@Suite struct PreferenceTests {
  private let everythingOff = Preference(
    emailEnabled: false, pushEnabled: false, inAppEnabled: false, smsEnabled: false, orderUpdates: false,
    promotions: false, priceAlerts: false, socialLikes: false, socialComments: false, socialSaves: false,
    socialFollows: false, socialMentions: false, sellerUpdates: false)

  @Test(arguments: Category.allCases)
  func `only what is mandatory gets past switches, and only in the app and by e-mail`(category: Category) {
    for channel in Channel.allCases {
      let expected = category.isMandatory && (channel == .inApp || channel == .email)
      #expect(everythingOff.allows(channel, category, type: "x") == expected)
    }
  }

  @Test func `WhatsApp is off until the user opts in`() {
    #expect(!Preference().allows(.whatsapp, .payment, type: "payment_success"))
    #expect(Preference(whatsappEnabled: true).allows(.whatsapp, .payment, type: "payment_success"))
  }

  @Test func `an override closes one channel for one category, and opens none`() {
    var preference = Preference(overrides: ["payment:push": false, "payment:whatsapp": true, "payment:email": false])
    #expect(!preference.allows(.push, .payment, type: "payment_success"))
    #expect(preference.allows(.push, .order, type: "order_shipped"))
    #expect(!preference.allows(.whatsapp, .payment, type: "payment_success"))
    #expect(preference.allows(.email, .payment, type: "payment_success"))
    preference.pushEnabled = false
    #expect(!preference.allows(.push, .order, type: "order_shipped"))
  }

  @Test(arguments: [
    ("post_liked", Preference(socialLikes: false)), ("comment_liked", Preference(socialLikes: false)),
    ("post_commented", Preference(socialComments: false)), ("post_saved", Preference(socialSaves: false)),
    ("new_follower", Preference(socialFollows: false)), ("product_tagged", Preference(socialMentions: false)),
    ("seller_new_post", Preference(sellerUpdates: false)),
  ]) func `each kind of social message has its switch`(type: String, off: Preference) {
    #expect(Preference().allows(.push, .social, type: type))
    #expect(!off.allows(.push, .social, type: type))
    #expect(off.allows(.push, .order, type: "order_shipped"))
  }

  @Test func `marketing needs consent that was not taken back`() {
    #expect(Preference().allows(.email, .marketing, type: "promotion"))
    #expect(!Preference(promotions: false).allows(.email, .marketing, type: "promotion"))
  }
}
