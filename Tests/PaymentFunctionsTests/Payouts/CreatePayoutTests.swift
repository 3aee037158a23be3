import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct `Creating a payout` {
  @Test func `sends it once, and puts the money on its way`() async throws {
    try await PayoutScene.run { scene in
      let reply = try await scene.create()
      #expect(reply.status == 201)
      #expect(reply.data["status"] == "accepted")
      #expect(reply.data["accountLast4"] == "6789")
      let sent = try #require(scene.bank.payouts.first)
      #expect(sent["amount"] == 1_250_000)
      #expect(sent["channel_properties"]?["account_number"] == "0123456789")
      #expect(try #require(sent["description"]?.string).count <= 14)
      #expect(try await scene.balances() == ["clearing:wallet": 1_250_000, "liab:payout": -1_250_000])
      #expect(try await scene.told() == [])
    }
  }

  @Test func `the same again is the same payout, under whichever key`() async throws {
    try await PayoutScene.run { scene in
      let first = try await scene.create()
      let again = try await scene.create(key: "other")
      #expect(again.status == 200)
      #expect(again.data["id"] == first.data["id"])
      #expect(try await scene.create().data["id"] == first.data["id"])
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test(
    arguments: [("amount", 1_250_001), ("accountNumber", "0123456788"), ("channelCode", "ID_BNI")] as [(String, JSON)])
  func `another amount or account for the same reference is refused`(name: String, value: JSON) async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      let reply = try await scene.create([(name, value)], key: "other")
      #expect(reply.status == 409)
      #expect(reply.code == "payout_differs")
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test(
    arguments: [
      ("channelCode", "ID_NOWHERE", "channel_disabled"), ("amount", 9_999, "amount_out_of_range"),
      ("amount", 0, "validation_failed"), ("accountNumber", "12a45", "validation_failed"),
      ("accountNumber", "1234", "validation_failed"), ("kind", "refund", "validation_failed"),
      ("accountHolder", "", "validation_failed"),
    ] as [(String, JSON, String)])
  func `what can't be paid out is refused`(name: String, value: JSON, code: String) async throws {
    try await PayoutScene.run { scene in
      let reply = try await scene.create([(name, value)])
      #expect(reply.status == 422)
      #expect(reply.code == code)
      #expect(scene.bank.calls == 0)
    }
  }

  @Test func `no account number is kept in clear`() async throws {
    try await PayoutScene.run { scene in
      try await scene.create()
      try await scene.deliver("SUCCEEDED")
      let tables: [SQL] = [
        "payout", "gateway_log", "webhook_inbox", "state_history", "transaction_ledger", "lakoo.outbox",
      ]
      for table in tables {
        let rows = try await scene.payment.query("select row::text from \(table) row", as: String.self)
        #expect(!rows.isEmpty, "\(table.text)")
        #expect(rows.allSatisfy { !$0.contains("0123456789") }, "\(table.text)")
      }
    }
  }

  @Test func `a refusal for good fails it, and nothing is booked`() async throws {
    try await PayoutScene.run { scene in
      scene.bank.become(.refuses(code: "RECIPIENT_ACCOUNT_NUMBER_ERROR"))
      let reply = try await scene.create()
      #expect(reply.status == 201)
      #expect(reply.data["status"] == "failed")
      #expect(try await scene.told() == ["payout.failed RECIPIENT_ACCOUNT_NUMBER_ERROR"])
      #expect(try await scene.balances() == [:])
    }
  }

  @Test func `an answer that was lost is made good by the next call`() async throws {
    try await PayoutScene.run { scene in
      scene.bank.become(.losesAnswers)
      #expect(try await scene.create().data["status"] == "creating")
      #expect(scene.bank.payouts.count == 1)
      scene.bank.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.status() == ["accepted"])
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `what never arrived is sent again`() async throws {
    try await PayoutScene.run { scene in
      scene.bank.become(.down)
      try await scene.create()
      scene.bank.become(.well)
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.status() == ["accepted"])
      #expect(scene.bank.payouts.count == 1)
    }
  }

  @Test func `many at once are one payout`() async throws {
    try await PayoutScene.run { scene in
      let ids = try await withThrowingTaskGroup(of: String?.self) { group in
        for index in 0..<6 { group.addTask { try await scene.create(key: "k\(index)").data["id"]?.string } }
        return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
      }
      #expect(ids.count == 1)
      #expect(scene.bank.payouts.count == 1)
    }
  }
}
