import FunctionKit
import FunctionTesting
import NotificationFunctions
import Testing

@Suite struct NotifyPaymentTroubleTests {
  @Test(arguments: [
    ("payment.expired", "Pembayaran Rp 279.250 untuk pesanan ORD-1 tidak kami terima sampai batas waktunya."),
    ("payment.failed", "Pembayaran Rp 279.250 untuk pesanan ORD-1 gagal. Silakan coba lagi dengan cara lain."),
    ("payment.late_captured", "Pembayaran Rp 104.900 untuk pesanan ORD-1 terlambat. Dana Anda akan dikembalikan."),
  ]) func `each kind of trouble has its own words`(type: String, body: String) async throws {
    try await withBundle("notification", Notification.self) { notification in
      let user = notification.newID()
      let late: [(String, JSON)] = type == "payment.late_captured" ? [("lateAmount", 104_900)] : []
      try await notification.pay(user, type: type, more: late)
      #expect(try await notification.messages(to: user).map(\.body) == [body])
    }
  }

  @Test func `every active template of every route renders in both languages`() async throws {
    try await withBundle("notification", Notification.self) { notification in
      for locale in ["id", "en"] {
        for type in ["payment.paid", "payment.expired", "payment.failed", "payment.late_captured"] {
          let user = notification.newID()
          try await notification.introduce(user, locale: locale)
          try await notification.pay(user, type: type, more: [("lateAmount", 1)])
        }
      }
      let count: Int = try await notification.one("select count(*) from notification")
      let unfilled: Int = try await notification.one(
        """
        select count(*) from notification
        where concat(title, body, short_text, html, action_url) like '%{{%'
        """)
      #expect(count == 2 * (4 + 3 * 3))
      #expect(unfilled == 0)
    }
  }
}
