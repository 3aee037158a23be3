import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import NotificationFunctions

@Suite struct MessagePricesTests {
  @Test(arguments: [
    ("sms=450", 450_000_000), ("email=5.6 sms=450.000001", 450_000_001), ("sms=0", 0), ("", 0), ("email=5", 0),
    ("sms=x", 0), ("sms=-1", 0), ("sms=1.2.3", 0), ("sms=", 0), ("sms=99999999", 0), ("sms=1.1234567", 0),
  ])
  func `a price is read to the millionth of a rupiah`(text: String, micro: Int) {
    #expect(MessagePrices(text).cost(of: .sms, parts: 1) == micro)
    #expect(MessagePrices(text).cost(of: .sms, parts: 3) == 3 * micro)
  }

  @Test(arguments: [
    (160, "a", 1), (161, "a", 2), (306, "a", 2), (307, "a", 3), (70, "ê", 1), (71, "ê", 2), (134, "ê", 2),
    (135, "ê", 3), (35, "🎉", 1), (36, "🎉", 2),
  ])
  func `a text is charged by its parts`(length: Int, character: String, parts: Int) {
    #expect(GSMAlphabet.parts(of: String(repeating: character, count: length)) == parts)
  }

  @Test(arguments: [("delivered", 5_600_000), ("bounce", 5_600_000), ("dropped", 0)])
  func `what a carrier took is paid for, though its answer was lost`(event: String, micro: Int) async throws {
    try await withDispatch(settings: ["MESSAGE_PRICES": "email=5.6"]) { notification, carriers in
      try await notification.mail()
      carriers.answer = { _ in throw CutOff() }
      try await notification.fire("DispatchDue")
      let id: ID = try await notification.one("select id from notification")
      for _ in 1...2 { try await notification.report(event, of: "late-id", reference: id) }
      let stats = try await notification.call("NotificationStats", caller: Desk.admin)
      let costs = stats.data["counts"]?.array?.compactMap { $0["costMicro"]?.int } ?? []
      #expect(costs.reduce(0, +) == micro)
    }
  }

  @Test func `what was paid for a message stands in the counts, once`() async throws {
    try await withDispatch(settings: ["MESSAGE_PRICES": "sms=450 email=5.6"]) { notification, carriers in
      for channel in ["email", "sms"] { try await notification.sendOne(channel, as: channel) }
      try await notification.mail()
      try await notification.write(
        "update notification set channel = 'sms', body = repeat('a', 200) where status = 'pending'")
      try await notification.fire("DispatchDue")
      _ = try await notification.failedMail(carriers)
      let stats = try await notification.call("NotificationStats", caller: Desk.admin)
      let costs = stats.data["counts"]?.array?.map { "\($0["channel"]?.string ?? "") \($0["costMicro"]?.int ?? -1)" }
      #expect(costs == ["email 5600000", "sms 1350000000"])
      try await notification.fire("FoldDailyCounts")
      let again = try await notification.call("NotificationStats", caller: Desk.admin)
      #expect(again.data == stats.data)
    }
  }
}
