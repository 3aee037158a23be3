import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct SettlementPropertyTests {
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `whatever is sold, given back, waived, adjusted and held, every sale is paid once and the books agree`(
    seed: UInt64
  ) async throws {
    try await PaymentScene.run { scene in
      var market = Market(scene: scene, chance: SeededGenerator(state: seed))
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      scene.payment.on(service: "seller") { _ in ["userId": sellerUser(0).description] }
      for step in 0..<60 {
        try await market.act()
        try await scene.mustHold("seed \(seed), step \(step)")
      }
      try await market.heal()
      try await scene.mustHold("seed \(seed), healed")
      let unpaid = try await scene.payment.one(
        "select count(*) from commission_ledger where settlement_id is null and base_amount > reversed_base",
        as: Int.self)
      #expect(unpaid == 0, "seed \(seed)")
      let paid = try await scene.paidOut()
      #expect(!paid.isEmpty, "seed \(seed)")
      let image = try await scene.image()
      try await scene.payment.fire("WeeklySettlement")
      try await scene.payment.fire("ResumeSettlements")
      #expect(try await scene.image() == image, "seed \(seed)")
    }
  }
}

/// Three sellers, their buyers and finance, drawn by chance.
private struct Market {
  let scene: PaymentScene
  var chance: SeededGenerator
  private var orders = 0
  private var keys = 0
  private var versions = 0

  init(scene: PaymentScene, chance: SeededGenerator) {
    self.scene = scene
    self.chance = chance
  }

  private mutating func draw(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &chance) }
  private mutating func anyOrder() -> Int { draw(0...max(0, orders - 1)) }

  mutating func act() async throws {
    scene.wait(.minutes(Int64(draw(1...600))))
    switch draw(0...15) {
    case 0...3: try await sell()
    case 4...6: try await complete()
    case 7, 8: try await giveBack()
    case 9: try await decide()
    case 10: try await waive()
    case 11: try await adjust()
    case 12: try await hold()
    case 13: try await suspend()
    case 14: try await approve()
    default: try await settle()
    }
  }

  private mutating func sell() async throws {
    try await scene.sell(
      draw(1...10) == 1 ? draw(40_000_000...90_000_000) : draw(100...300_000), orders, by: draw(1...3))
    orders += 1
  }

  private mutating func complete() async throws {
    let order = draw(0...orders)
    guard draw(1...6) == 1 else { return try await scene.complete(order) }
    try await scene.complete(order, base: draw(0...200_000))
  }

  private mutating func giveBack() async throws {
    keys += 1
    let caller = draw(1...3) == 1 ? finance : .service
    let reply = try await scene.giveBack(draw(1...200_000), anyOrder(), by: caller, key: "r\(keys)")
    #expect([201, 404].contains(reply.status) || reply.code == "refund_exceeds_paid", "\(reply.code ?? "")")
  }

  private mutating func decide() async throws {
    let ids = try await scene.payment.query("select id::text from refund where status = 'pending'", as: String.self)
    guard let id = ids.randomElement(using: &chance) else { return }
    let reply = try await scene.payment.call(
      draw(1...3) == 1 ? "RejectRefund" : "ApproveRefund", path: [("id", id)], body: ["reason": "no proof"],
      caller: finance, headers: ["if-match": "*"])
    #expect(reply.status == 200)
  }

  private mutating func waive() async throws {
    let reply = try await scene.payment.call(
      "WaiveCommission", path: [("orderId", orderID(anyOrder()).description)],
      body: ["sellerId": .id(sellerID(draw(1...3))), "reason": "campaign"], caller: finance)
    #expect([200, 404, 409].contains(reply.status))
  }

  private mutating func adjust() async throws {
    keys += 1
    let kind = ["ad_spend", "shipping_overage", "manual"].randomElement(using: &chance) ?? "manual"
    let reply = try await scene.adjust(
      kind, draw(1...2) == 1 ? -draw(1...90_000) : draw(1...90_000), draw(1...3), reference: keys, caller: finance)
    #expect(reply.status == 201)
  }

  private mutating func hold() async throws {
    let path = [(name: "sellerId", value: sellerID(draw(1...3)).description)]
    let isHold = draw(1...2) == 1
    let reply = try await scene.payment.call(
      isHold ? "HoldSeller" : "ReleaseSeller", path: path, body: isHold ? ["reason": "under review"] : nil,
      caller: finance)
    #expect([200, 404].contains(reply.status))
  }

  private mutating func suspend() async throws {
    versions += 1
    let isSuspended = draw(1...2) == 1
    try await scene.payment.handle(
      isSuspended ? "HoldSellerOnSuspension" : "ReleaseSellerOnActivation",
      type: isSuspended ? "seller.suspended" : "seller.activated",
      data: ["sellerId": .id(sellerID(draw(1...3))), "version": .int(versions)])
  }

  private mutating func approve() async throws {
    for id in try await waiting() {
      let isHold = draw(1...4) == 1
      let reply = try await scene.payment.call(
        isHold ? "HoldSettlement" : "ApproveSettlement", path: [("id", id)], body: ["reason": "looks odd"],
        caller: finance, headers: ["if-match": "*"])
      #expect([200, 409].contains(reply.status))
    }
  }

  private func waiting() async throws -> [String] {
    try await scene.payment.query(
      "select id::text from settlement where status in ('held', 'calculated')", as: String.self)
  }

  private mutating func settle() async throws {
    scene.wait(.days(Int64(draw(1...9))))
    try await scene.payment.fire(draw(1...4) == 1 ? "ResumeSettlements" : "WeeklySettlement")
  }

  /// All that is open is decided, and two more weeks go by.
  mutating func heal() async throws {
    for order in 0..<orders { try await scene.complete(order) }
    while try await scene.payment.one("select count(*) from refund where status = 'pending'", as: Int.self) > 0 {
      try await decide()
    }
    for seller in 1...3 {
      for _ in 0..<2 {
        _ = try await scene.payment.call(
          "ReleaseSeller", path: [("sellerId", sellerID(seller).description)], caller: finance)
      }
    }
    for _ in 0..<2 {
      scene.wait(.days(7))
      try await scene.payment.fire("WeeklySettlement")
      for id in try await waiting() {
        let reply = try await scene.payment.call(
          "ApproveSettlement", path: [("id", id)], caller: finance, headers: ["if-match": "*"])
        #expect(reply.status == 200)
      }
    }
  }
}
