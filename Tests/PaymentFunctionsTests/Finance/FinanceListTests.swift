import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

@Suite struct FinanceListTests {
  private static let lists = ["ListAllPayments", "ListAllRefunds", "ListGatewayLogs", "ListWebhooks"]

  @Test(arguments: lists) func `limits, cursors and times are checked`(function: String) async throws {
    try await PaymentScene.run { scene in
      func list(_ query: [(name: String, value: String)]) async throws -> TestReply {
        try await scene.payment.call(function, query: query, caller: finance)
      }
      let all = try await list([])
      #expect(all.status == 200)
      for limit in ["0", "101", "x"] { #expect(try await list([("limit", limit)]).status == 422) }
      #expect(try await list([("cursor", "00")]).code == "invalid_cursor")
      #expect(try await list([("from", "yesterday")]).status == 422)
      #expect(
        try await list([("from", "2026-01-02T00:00:00Z"), ("to", "2026-01-01T00:00:00Z")]).status == 422)
      if function != "ListGatewayLogs" { #expect(try await list([("status", "odd")]).status == 422) }
    }
  }

  @Test func `payments and refunds are found by who, what and when`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await scene.refund("other", [("amount", 10_000)])
      scene.wait(.days(1))
      let later = scene.payment.clock.now
      try await scene.create(scene.request(50_000, 20_000), key: "k2")
      func count(_ function: String, _ query: [(name: String, value: String)]) async throws -> Int? {
        try await scene.payment.call(function, query: query, caller: finance).data.array?.count
      }
      #expect(try await count("ListAllPayments", [("status", "partially_refunded")]) == 1)
      #expect(try await count("ListAllPayments", [("channel", "ewallet_dana")]) == 1)
      #expect(try await count("ListAllPayments", [("userId", sampleID(77).description)]) == 0)
      #expect(try await count("ListAllPayments", [("to", later.description)]) == 1)
      #expect(try await count("ListAllRefunds", [("status", "completed"), ("reason", "other")]) == 1)
      #expect(try await count("ListAllRefunds", [("method", "wallet")]) == 0)
      #expect(try await count("ListAllRefunds", [("from", later.description)]) == 0)
    }
  }

  @Test func `every call to the provider is kept, without persons and accounts`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("SUCCEEDED")
      let logs = try await scene.payment.call("ListGatewayLogs", query: [("action", "create_payout")], caller: finance)
      #expect(logs.data.array?.count == 1 && logs.data[0]?["responseStatus"] == 200)
      #expect(logs.data[0]?["request"]?["amount"] == 1_250_000)
      let hooks = try await scene.payment.call("ListWebhooks", query: [("kind", "xendit_payout")], caller: finance)
      #expect(hooks.data.array?.count == 1 && hooks.data[0]?["status"] == "processed")
      for reply in [logs, hooks] {
        let text = String(decoding: reply.body, as: UTF8.self)
        #expect(!text.contains("0123456789") && !text.contains("Budi"))
      }
    }
  }

  @Test func `calls are forgotten after 400 days, and what money did never is`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      func count(_ table: SQL) async throws -> Int { try await scene.payment.one("select count(*) from \(table)") }
      let (calls, history) = try await (count("gateway_log"), count("state_history"))
      #expect(calls > 0 && history > 0)
      scene.wait(.days(400) - .minutes(5))
      try await scene.payment.fire("PruneGatewayLogs")
      #expect(try await count("gateway_log") == calls)
      scene.wait(.minutes(10))
      try await scene.payment.fire("PruneGatewayLogs")
      #expect(try await count("gateway_log") == 0)
      #expect(try await count("state_history") == history)
      #expect(try await count("transaction_ledger") == 1)
      #expect(try await count("webhook_inbox") == 1)
      let plan = try await scene.payment.plan(PruneGatewayLogs.prune(before: scene.now))
      #expect(plan.contains("gateway_log_created") && !plan.contains("Seq Scan"), "\(plan)")
    }
  }

  @Test func `cards and secrets are left out however deep they are`() {
    let body: JSON = [
      "id": "x", "data": [["card_number": "4000", "cvn": "123", "token": "t"], ["amount": 5, "callback_token": "s"]],
    ]
    #expect(withoutPersonalData(body) == ["id": "x", "data": [[:], ["amount": 5]]])
  }

  @Test func `a delivery that was parked is worked through once its invoice is known, and twice changes nothing`()
    async throws
  {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      let name = try #require(scene.xendit.invoices.last?["external_id"]?.string)
      try await scene.payment.write("update gateway_invoice set external_id = 'hidden', gateway_ref = 'hidden'")
      try await scene.deliver("PAID")
      #expect(try await scene.inbox() == ["parked"])
      try await scene.payment.write(
        "update gateway_invoice set external_id = \(name), gateway_ref = null, status = 'creating'")
      let id = try await scene.payment.one("select id::text from webhook_inbox", as: String.self)
      for _ in 0..<2 {
        let reply = try await scene.payment.call("ReplayWebhook", path: [("id", id)], caller: finance)
        #expect(reply.status == 200 && reply.data["status"] == "processed", "\(reply.json)")
      }
      #expect(try await scene.statuses() == ["paid"])
      #expect(try await scene.payment.events("payment.paid").count == 1)
      #expect(try await scene.balances()["asset:xendit"] == 104_900)
      let missing = try await scene.payment.call(
        "ReplayWebhook", path: [("id", sampleID(1).description)], caller: finance)
      #expect(missing.status == 404)
    }
  }

  private static func statements() throws -> [(index: String, statement: SQL)] {
    let paging = try Paging("x", limit: nil, cursor: nil)
    let (one, time) = (sampleID(1), Instant(seconds: 1_768_453_200))
    return try [
      ("payment_pkey", ListAllPayments.statement(.init(from: time, to: time + .days(1)), paging)),
      ("payment_status_list", ListAllPayments.statement(.init(status: .failed), paging)),
      ("payment_channel_list", ListAllPayments.statement(.init(channel: "qris"), paging)),
      ("payment_user_newest", ListAllPayments.statement(.init(userId: one), paging)),
      ("refund_pkey", ListAllRefunds.statement(.init(from: time), paging)),
      ("refund_status_list", ListAllRefunds.statement(.init(status: .failed), paging)),
      ("refund_method_list", ListAllRefunds.statement(.init(method: .wallet), paging)),
      ("refund_reason_list", ListAllRefunds.statement(.init(reason: .other), paging)),
      ("refund_user", RefundRecord.page(["user_id = \(one)"], paging)),
      ("refund_order", RefundRecord.page(["order_id = \(one)"], paging)),
      ("payout_pkey", ListPayouts.statement(.init(), paging)),
      ("payout_status_list", ListPayouts.statement(.init(status: .failed), paging)),
      ("payout_kind_list", ListPayouts.statement(.init(kind: .bazaarSponsorship), paging)),
      ("gateway_log_action", ListGatewayLogs.statement(.init(action: "create_invoice"), paging)),
      ("gateway_log_invoice", ListGatewayLogs.statement(.init(invoiceId: one), paging)),
      ("gateway_log_refund", ListGatewayLogs.statement(.init(refundId: one), paging)),
      ("gateway_log_payout", ListGatewayLogs.statement(.init(payoutId: one), paging)),
      ("webhook_inbox_status", ListWebhooks.statement(.init(status: .parked), paging)),
      ("webhook_inbox_reference", ListWebhooks.statement(.init(reference: "r"), paging)),
      ("bazaar_sponsorship_payment_status", ListBazaarPayments.statement(.init(status: .paid), paging)),
      ("bazaar_sponsorship_payment_seller", ListBazaarPayments.statement(.init(sellerId: one), paging)),
      (
        "transaction_ledger_entry_account",
        ListAccountEntries.entries(of: one, asOf: nil, PagingBy("x", limit: nil, cursor: nil))
      ),
      ("ledger_account_code_key", ListLedgerAccounts.statement(.init(), PagingBy("x", limit: nil, cursor: nil))),
      (
        "ledger_account_owner",
        ListLedgerAccounts.statement(.init(ownerId: one), PagingBy("x", limit: nil, cursor: nil))
      ),
      (
        "reconciliation_run_recon_date_key",
        ListReconciliations.statement(.init(), PagingBy("x", limit: nil, cursor: nil))
      ),
    ]
  }

  @Test func `lists go by an index, whatever is asked for`() async throws {
    try await PaymentScene.run { scene in
      for (index, statement) in try Self.statements() {
        let plan = try await scene.payment.plan(statement)
        #expect(plan.contains(index) && !plan.contains("Seq Scan"), "\(index): \(plan)")
      }
    }
  }
}
