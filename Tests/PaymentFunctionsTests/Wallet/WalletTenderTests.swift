import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// A buyer pays some or all of a bill from their wallet.
@Suite struct WalletTenderTests {
  @Test func `what the wallet pays is no part of the fee's base`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      let reply = try await scene.create(scene.request(250_000, shipping: 20_000, wallet: 100_000))
      #expect(reply.status == 201)
      #expect(reply.data["feeTotal"] == 6350)
      #expect(reply.data["amountDue"] == 176_350)
      let payment = reply.data["payments"]?[0]
      #expect(payment?["amount"] == 276_350 && payment?["walletAmount"] == 100_000)
      #expect(payment?["gatewayAmount"] == 176_350 && payment?["status"] == "awaiting_payment")
      #expect(scene.xendit.invoices.map { $0["amount"] } == [176_350])
      #expect(scene.wallet.balance == 0)
      let hold = try #require(scene.wallet.holds.first)
      #expect(hold.key == payment?["id"]?.string && hold.payment == hold.key)
      #expect(hold.order["orderAmount"] == 270_000)
      let end = try #require(payment?["expiresAt"]?.string.flatMap { Instant($0) })
      #expect(hold.order["expiresAt"]?.string == (end + .hours(1)).description)
    }
  }

  @Test func `the provider's money comes, and the wallet's is taken with it`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, shipping: 20_000, wallet: 100_000))
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["paid"])
      #expect(scene.wallet.taken == 100_000)
      #expect(
        try await scene.balances() == [
          "asset:xendit": 176_350, "clearing:wallet": 100_000, "liab:seller:\(scene.seller)": -250_000,
          "liab:courier": -20_000, "rev:buyer_fee": -6350,
        ])
      try await scene.deliver("SETTLED")
      #expect(try await scene.payment.events("payment.paid").map { $0.data["amount"] } == [276_350])
    }
  }

  @Test func `a wallet that covers everything pays at once, without a fee and without the provider`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(80_000)
      let reply = try await scene.create(scene.request(60_000, shipping: 10_000, wallet: 70_000))
      #expect(reply.status == 201)
      #expect(reply.data["feeTotal"] == 0 && reply.data["amountDue"] == 0)
      #expect(reply.data["invoice"]?.isNull == true)
      #expect(reply.data["payments"]?[0]?["status"] == "paid")
      #expect(reply.data["payments"]?[0]?["channel"] == "wallet")
      #expect(scene.xendit.calls.isEmpty)
      #expect(scene.wallet.balance == 10_000 && scene.wallet.taken == 70_000)
      #expect(try await scene.eventTypes() == ["payment.created", "commission.recorded", "payment.paid"])
      #expect(try await scene.balances()["clearing:wallet"] == 70_000)
    }
  }

  @Test func `its part is split over the orders by what they cost, one hold for each`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      let reply = try await scene.create(scene.request(100_000, 50_000, 50_000, wallet: 100_000))
      #expect(reply.data["payments"]?.array?.map { $0["walletAmount"] } == [50_000, 25_000, 25_000])
      #expect(reply.data["payments"]?.array?.map { $0["feeAmount"] } == [2450, 1225, 1225])
      #expect(scene.wallet.holds.map(\.amount).sorted() == [25_000, 25_000, 50_000])
      #expect(scene.xendit.invoices.map { $0["amount"] } == [104_900])
      try await scene.deliver("PAID")
      #expect(try await scene.statuses() == ["paid", "paid", "paid"])
      #expect(scene.wallet.taken == 100_000)
    }
  }

  @Test func `a wallet with too little pays nothing, and nothing is asked of the provider`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(60_000)
      let reply = try await scene.create(scene.request(100_000, 50_000, wallet: 80_000))
      #expect(reply.status == 422 && reply.code == "wallet_insufficient")
      #expect(scene.xendit.calls.isEmpty)
      #expect(try await scene.statuses() == ["failed", "failed"])
      #expect(
        try await scene.payment.events("payment.failed").map { $0.data["failureCode"] } == [
          "wallet_insufficient", "wallet_insufficient",
        ])
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.wallet.balance == 60_000)
      #expect(scene.xendit.calls.isEmpty)
      #expect(try await scene.create(scene.request(100_000, 50_000, wallet: 60_000), key: "b").status == 201)
    }
  }

  @Test func `a frozen wallet pays nothing either, and more than is owed is out of range`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(500_000)
      let tooMuch = try await scene.create(scene.request(100_000, wallet: 100_001), key: "a")
      #expect(tooMuch.status == 422 && tooMuch.code == "amount_out_of_range")
      scene.wallet.refuse(with: Problem(409, "wallet_frozen", "frozen"))
      #expect(try await scene.create(scene.request(100_000, wallet: 10_000), key: "b").code == "wallet_insufficient")
    }
  }

  @Test func `the same key again, at once and later, sets aside once`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      let request = scene.request(250_000, wallet: 100_000)
      let replies = try await withThrowingTaskGroup { group in
        for _ in 0..<4 { group.addTask { try await scene.create(request, key: "k") } }
        return try await group.reduce(into: [TestReply]()) { $0.append($1) }
      }
      #expect(replies.allSatisfy { [201, 202, 409].contains($0.status) })
      try await scene.payment.write("delete from lakoo.idempotency")
      #expect(try await scene.create(request, key: "k").status == 201)
      #expect(try await scene.create(request, key: "other").status == 201)
      #expect(scene.wallet.holds.count == 1 && scene.wallet.balance == 0)
      #expect(try await scene.statuses() == ["awaiting_payment"])
    }
  }

  @Test func `another part from the wallet is another bill, and the old hold is free for it`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, wallet: 100_000), key: "a")
      let reply = try await scene.create(scene.request(250_000, wallet: 90_000), key: "b")
      #expect(reply.status == 201)
      #expect(try await scene.statuses() == ["cancelled", "awaiting_payment"])
      #expect(scene.wallet.holds.map(\.status) == ["released", "active"])
      #expect(scene.wallet.balance == 10_000)
    }
  }

  @Test func `what nobody pays is free again`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(100_000)
      try await scene.create(scene.request(250_000, wallet: 100_000))
      scene.wait(.hours(24) + .minutes(3))
      try await scene.payment.fire("ExpirePayments")
      #expect(try await scene.statuses() == ["expired"])
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(scene.wallet.balance == 100_000)
      try await scene.deliver("PAID")
      #expect(try await scene.payment.events("payment.late_captured").map { $0.data["lateAmount"] } == [156_350])
    }
  }

  @Test func `a cancelled order's hold is free again, and the order beside it keeps its own`() async throws {
    try await PaymentScene.run { scene in
      scene.wallet.put(90_000)
      try await scene.create(scene.request(100_000, 50_000, wallet: 90_000))
      try await scene.cancelOrder()
      scene.wait(.seconds(61))
      try await scene.payment.fire("RecoverGatewayCalls")
      #expect(try await scene.statuses() == ["cancelled", "pending"])
      #expect(scene.wallet.balance == 60_000)
      #expect(scene.xendit.invoices.map { $0["status"] } == ["EXPIRED"])
    }
  }
}
