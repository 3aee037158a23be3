import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct RefundPropertyTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `whatever is asked for, fails, is lost or comes twice, the sums are right and all money finds its way`(
    seed: UInt64
  ) async throws {
    try await PaymentScene.run { scene in
      var chaos = RefundChaos(scene: scene, chance: SeededGenerator(state: seed))
      scene.payment.on(service: "seller") { _ in ["userId": .id(sampleID(60))] as JSON }
      try await chaos.pay()
      for step in 0..<25 {
        try await chaos.act()
        try await chaos.check("seed \(seed), step \(step)")
      }
      try await chaos.heal()
      try await chaos.check("seed \(seed), healed")
      let open = try await scene.refundStatuses().filter { !["completed", "rejected"].contains($0) }
      #expect(open.isEmpty, "seed \(seed)")
      #expect(try await scene.statuses() == ["refunded"], "seed \(seed)")
      let before = try await scene.balances()
      #expect(before["liab:refund", default: 0] == 0 && before["liab:suspense", default: 0] == 0, "seed \(seed)")
      try await chaos.repeatAll()
      #expect(try await scene.balances() == before, "seed \(seed)")
      // All is back with the buyer, and so a seller keeps nothing: what was paid to one is owed by them.
      try await chaos.complete()
      try await chaos.settle()
      try await chaos.check("seed \(seed), settled")
      let kept = try await scene.payment.one(RefundInvariants.keptBySellers, as: Int.self)
      #expect(kept == 0, "seed \(seed)")
    }
  }
}

/// Everybody at once, drawn by chance.
private struct RefundChaos {
  let scene: PaymentScene
  var chance: SeededGenerator
  private var keys = 0
  private let agent = Caller(userID: sampleID(50), role: .financeAdmin, isPrivileged: true)

  init(scene: PaymentScene, chance: SeededGenerator) {
    self.scene = scene
    self.chance = chance
  }

  mutating func pay() async throws {
    let channel = ["DANA", "BCA", "LINKAJA"].randomElement(using: &chance) ?? "DANA"
    let lines = (0..<Int.random(in: 1...3, using: &chance)).map { number -> JSON in
      let goods = Int.random(in: 1000...300_000, using: &chance)
      return scene.line(
        goods, discount: Int.random(in: 0..<goods, using: &chance),
        shipping: Int.random(in: 0...20_000, using: &chance),
        tax: Int.random(in: 0...3000, using: &chance), of: number == 0 ? nil : sampleID(200 + number))
    }
    try await scene.pay(lines, by: channel)
  }

  mutating func act() async throws {
    scene.wait(.seconds(61))
    switch Int.random(in: 0..<14, using: &chance) {
    case 0...2: try await refund(.service)
    case 3: try await refund(agent)
    case 4: try await decide()
    case 5:
      scene.xendit.become(
        [.well, .down, .losesAnswers, .refuses(code: "REFUND_NOT_SUPPORTED")].randomElement(using: &chance) ?? .well)
    case 6:
      scene.xendit.letRefundsBecome(["SUCCEEDED", "PENDING", "FAILED"].randomElement(using: &chance) ?? "PENDING")
    case 7: try await deliver()
    case 8: try await scene.payment.fire("RecoverGatewayCalls")
    case 9: try await retry()
    case 10: try await scene.deliver("PAID", money: "ewc_\(Int.random(in: 1...3, using: &chance))")
    case 11, 12: try await complete()
    default: try await settle()
    }
  }

  private mutating func refund(_ caller: Caller) async throws {
    keys += 1
    let reason = ["other", "item_defective", "wrong_item", "customer_request"].randomElement(using: &chance) ?? "other"
    let amount = JSON.number(JSONNumber(Int.random(in: 1...200_000, using: &chance)))
    let isUsual = Int.random(in: 0..<4, using: &chance) == 0
    let reply = try await scene.refund(reason, isUsual ? [] : [("amount", amount)], by: caller, key: "k\(keys)")
    #expect(reply.status == 201 || reply.code == "refund_exceeds_paid")
  }

  private mutating func decide() async throws {
    let ids = try await ids("pending")
    guard let id = ids.randomElement(using: &chance) else { return }
    let function = Bool.random(using: &chance) ? "ApproveRefund" : "RejectRefund"
    let reply = try await scene.payment.call(
      function, path: [("id", id)], body: ["reason": "no proof"], caller: agent, headers: ["if-match": "*"])
    #expect(reply.status == 200)
  }

  private mutating func deliver() async throws {
    guard !scene.xendit.refunds.isEmpty else { return }
    // What the provider says is what became of it; it never says otherwise later.
    if scene.xendit.refunds.last?["status"] == "PENDING" {
      scene.xendit.endRefund(Bool.random(using: &chance) ? "SUCCEEDED" : "FAILED")
    }
    let hasSucceeded = scene.xendit.refunds.last?["status"] == "SUCCEEDED"
    try await scene.deliverRefund(hasSucceeded ? "refund.succeeded" : "refund.failed")
  }

  private func retry() async throws {
    for id in try await ids("failed") {
      let reply = try await scene.payment.call(
        "RetryRefund", path: [("id", id)], body: ["method": "wallet"], caller: agent)
      #expect(reply.status == 200)
    }
  }

  /// The order is completed. What it comes to there is what it comes to here, or what it was before the latest returns,
  /// or what it will be after one that is not asked for yet.
  mutating func complete() async throws {
    struct Sale: Decodable {
      var seller: ID
      var base: Int
      var left: Int
    }
    let sales: [Sale] = try await scene.payment.query(
      """
      select seller_id as seller, base_amount as base, base_amount - reversed_base as left
      from commission_ledger order by id
      """)
    for sale in sales {
      let told = [sale.left, sale.left, sale.base, Int.random(in: 0...sale.base, using: &chance)]
      let base = told.randomElement(using: &chance) ?? sale.left
      try await scene.payment.handle(
        "CompleteCommissionOnOrder", type: "order.completed",
        data: [
          "orderId": .id(scene.order), "sellerId": .id(sale.seller), "commissionBase": .int(base),
          "completedAt": .string(scene.now.description),
        ])
    }
  }

  /// Some Monday later, what was completed and has no refund under way is paid to its sellers.
  func settle() async throws {
    scene.wait(.days(7))
    try await scene.payment.fire("WeeklySettlement")
  }

  /// Everything is well again, and the order is cancelled.
  mutating func heal() async throws {
    scene.xendit.become(.well)
    scene.xendit.letRefundsBecome("SUCCEEDED")
    try await scene.cancelOrder()
    for _ in 0..<3 {
      while try await !ids("pending").isEmpty { try await decide() }
      try await scene.cancelOrder()
      scene.xendit.endRefund("SUCCEEDED")
      scene.wait(.minutes(31))
      try await scene.payment.fire("RecoverGatewayCalls")
      try await retry()
    }
    keys += 1
    let rest = try await scene.refund("item_defective", key: "k\(keys)")
    #expect(rest.status == 201 || rest.code == "refund_exceeds_paid")
  }

  func repeatAll() async throws {
    try await scene.deliver("PAID")
    try await scene.cancelOrder()
    if !scene.xendit.refunds.isEmpty { try await scene.deliverRefund("refund.succeeded") }
    try await scene.payment.fire("RecoverGatewayCalls")
  }

  func check(_ place: String) async throws {
    for (name, broken) in RefundInvariants.all {
      let count = try await scene.payment.one(broken, as: Int.self)
      #expect(count == 0, "\(name): \(place)")
    }
    _ = try await scene.balances()
  }

  private func ids(_ status: String) async throws -> [String] {
    try await scene.payment.query("select id::text from refund where status = \(status) order by id", as: String.self)
  }
}
