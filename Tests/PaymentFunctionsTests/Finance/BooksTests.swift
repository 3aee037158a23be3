import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct BooksTests {
  @Test func `the trial balance sums to nothing, now and at any time before`() async throws {
    try await PaymentScene.run { scene in
      let begin = scene.payment.clock.now
      scene.wait(.hours(1))
      try await scene.pay(250_000, shipping: 20_000)
      try await scene.refund("other", [("amount", 10_000), ("method", "wallet")])
      let now = try await scene.payment.call("TrialBalance", caller: finance)
      let accounts = now.data["accounts"]?.array ?? []
      func balance(_ code: String) -> Int? { accounts.first { $0["code"]?.string == code }?["balance"]?.int }
      #expect(now.data["total"] == 0)
      #expect(balance("asset:xendit") == 279_250 && balance("liab:seller:*") == -240_000)
      #expect(balance("clearing:wallet") == -10_000 && balance("rev:buyer_fee") == -9_250)
      let before = try await scene.payment.call(
        "TrialBalance", query: [("asOf", begin.description)], caller: finance)
      #expect(before.data["accounts"]?.array?.allSatisfy { $0["balance"]?.int == 0 } == true)
      #expect(try await scene.payment.call("TrialBalance", query: [("asOf", "noon")], caller: finance).status == 422)
    }
  }

  @Test func `accounts and their entries are listed, part by part`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000, shipping: 20_000)
      try await scene.refund("other", [("amount", 10_000), ("method", "wallet")])
      var (codes, cursor) = ([String](), String?.none)
      repeat {
        let page = try await scene.payment.call(
          "ListLedgerAccounts", query: [("limit", "2")] + (cursor.map { [("cursor", $0)] } ?? []), caller: finance)
        codes += page.data.array?.compactMap { $0["code"]?.string } ?? []
        cursor = page.json["meta"]?["nextCursor"]?.string
      } while cursor != nil
      #expect(codes == codes.sorted() && Set(codes).count == codes.count && codes.count >= 6)
      let own = try await scene.payment.call(
        "ListLedgerAccounts", query: [("ownerId", scene.seller.description)], caller: finance)
      #expect(own.data.array?.count == 1 && own.data[0]?["balance"] == -240_000)
      func entries(_ code: String, _ query: [(name: String, value: String)] = []) async throws -> TestReply {
        try await scene.payment.call("ListAccountEntries", path: [("code", code)], query: query, caller: finance)
      }
      let seller = "liab:seller:\(scene.seller)"
      let first = try await entries(seller, [("limit", "1")])
      #expect(first.data[0]?["amount"] == 10_000 && first.data[0]?["kind"] == "refund_start")
      let next = try #require(first.json["meta"]?["nextCursor"]?.string)
      let rest = try await entries(seller, [("cursor", next)])
      #expect(rest.data.array?.count == 1 && rest.data[0]?["amount"] == -250_000)
      #expect(try await entries("asset:xendit", [("cursor", next)]).code == "invalid_cursor")
      #expect(try await entries("asset:nothing").status == 404)
      #expect(try await entries(seller, [("limit", "101")]).status == 422)
      #expect(
        try await scene.payment.call("ListLedgerAccounts", query: [("kind", "odd")], caller: finance).status == 422)
    }
  }

  @Test func `a payment's story is told newest first, and its payer does not see what is ours`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.refund("other", [("amount", 10_000)])
      let id = try await scene.payment.one("select id::text from payment", as: String.self)
      func story(_ caller: Caller) async throws -> TestReply {
        try await scene.payment.call("GetPaymentTransactions", path: [("paymentId", id)], caller: caller)
      }
      let entries = try #require(try await story(finance).data.array)
      let times = entries.compactMap { $0["at"]?.string }
      #expect(times == times.sorted().reversed())
      let kinds = Set(entries.compactMap { $0["kind"]?.string })
      #expect(kinds == ["history", "gateway_call", "journal"])
      #expect(entries.contains { $0["what"] == "capture" && $0["amounts"]?.array?.count == 3 })
      #expect(entries.contains { $0["what"] == "create_refund" && $0["responseStatus"] == 200 })
      #expect(entries.contains { $0["entity"] == "refund" && $0["toState"] == "completed" })
      let seen = try #require(try await story(.user(scene.buyer)).data.array)
      #expect(seen.count == entries.count && seen.allSatisfy { $0["amounts"] == .null && $0["note"] == .null })
      #expect(try await story(.user(sampleID(77))).status == 404)
      let order = try await scene.payment.call(
        "GetOrderTransactions", path: [("orderId", scene.order.description)], caller: .service)
      #expect(order.data.array?.count == entries.count)
      let none = try await scene.payment.call(
        "GetOrderTransactions", path: [("orderId", sampleID(5).description)], caller: finance)
      #expect(none.status == 404)
    }
  }

  @Test func `what came in and went out is summed, by day and channel too`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(250_000, shipping: 20_000)
      try await scene.refund("other", [("amount", 10_000), ("method", "wallet")])
      scene.wait(.seconds(1))
      let summary = try await scene.payment.call("TransactionSummary", caller: .service)
      #expect(summary.data["paid"]?["count"] == 1 && summary.data["paid"]?["amount"] == 279_250)
      #expect(summary.data["paid"]?["buyerFees"] == 9_250 && summary.data["paid"]?["commissions"] == 1_200)
      #expect(summary.data["refunded"]?["amount"] == 10_000 && summary.data["paidOut"]?["count"] == 0)
      let days = try await scene.payment.call("PaymentAnalytics", caller: finance)
      let today = BusinessDay(of: scene.payment.clock.now).description
      #expect(days.data.array?.count == 1 && days.data[0]?["day"] == .string(today))
      #expect(days.data[0]?["channel"] == "ewallet_dana" && days.data[0]?["refunded"] == 10_000)
      for function in ["TransactionSummary", "PaymentAnalytics"] {
        let long = [("from", "2020-01-01T00:00:00Z"), ("to", "2021-01-03T00:00:00Z")]
        #expect(try await scene.payment.call(function, query: long, caller: finance).status == 422)
        let backward = [("from", "2020-01-02T00:00:00Z"), ("to", "2020-01-01T00:00:00Z")]
        #expect(try await scene.payment.call(function, query: backward, caller: finance).status == 422)
      }
      let recent = try await scene.payment.call("RecentTransactions", query: [("limit", "1")], caller: finance)
      #expect(recent.data[0]?["kind"] == "refund_done" && recent.data[0]?["amount"] == 10_000)
    }
  }

  @Test func `a number finds what it is the number of`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.refund("other", [("amount", 10_000)])
      let numbers = try await scene.payment.query(
        """
        select payment_number as number from payment union all select refund_number from refund
        union all select ledger_number from commission_ledger
        """, as: String.self)
      var types: [String?] = []
      for number in numbers {
        let found = try await scene.payment.call("FindTransaction", path: [("code", number)], caller: finance)
        types.append(found.data["type"]?.string)
        #expect(found.data["data"]?["id"]?.string != nil)
      }
      #expect(types == ["payment", "refund", "commission"])
      for code in ["PAY-20260101-XXXXX", "SET-20260101-XXXXX", "PYT-1", "ABC", "pay-1"] {
        #expect(try await scene.payment.call("FindTransaction", path: [("code", code)], caller: finance).status == 404)
      }
    }
  }
}
