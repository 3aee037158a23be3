import Foundation
import FunctionKit
import FunctionTesting
import Manifest
import Synchronization
import Testing

@testable import PaymentFunctions

@Suite struct SaleNewsTests {
  struct Sale: Decodable, Equatable {
    var baseAmount: Int
    var reversedBase = 0
    var commissionAmount: Int
    var status: String
    var isDue: Bool
  }

  static func sale(_ scene: PaymentScene, _ order: Int = 0) async throws -> Sale {
    try await scene.payment.one(
      """
      select base_amount, reversed_base, commission_amount, status, collectible_at is not null as is_due
      from commission_ledger where order_id = \(orderID(order))
      """)
  }

  static func tellDelivered(_ scene: PaymentScene, at: Instant) async throws {
    try await scene.payment.handle(
      "StartReturnWindow", type: "order.delivered",
      data: ["orderId": .id(orderID(0)), "sellerId": .id(sellerID(1)), "deliveredAt": .string(at.description)])
  }

  @Test func `a completed order's sale may be settled, and hearing of it again changes nothing`() async throws {
    try await PaymentScene.run { scene in
      try await scene.sell(250_000, 0, by: 1)
      for _ in 0..<2 { try await scene.complete(0) }
      #expect(
        try await Self.sale(scene)
          == Sale(baseAmount: 250_000, commissionAmount: 1250, status: "collectible", isDue: true))
      #expect(try await scene.payment.events("commission.collectible").count == 1)
    }
  }

  @Test(arguments: [240_000, 260_000, 0])
  func `another base than ours is told of, and moves no money`(base: Int) async throws {
    try await PaymentScene.run { scene in
      try await scene.sell(250_000, 0, by: 1)
      try await scene.complete(0, base: base)
      #expect(
        try await Self.sale(scene)
          == Sale(baseAmount: 250_000, commissionAmount: 1250, status: "collectible", isDue: true))
      let balances = try await scene.balances()
      #expect(balances["liab:seller:\(sellerID(1))"] == -250_000)
      #expect(balances["exp:absorbed"] == nil)
      try await scene.mustHold()
    }
  }

  @Test(arguments: [true, false])
  func `a return is taken of the seller once, whether order or payment knows of it first`(
    isKnownHere: Bool
  ) async throws {
    try await PaymentScene.run { scene in
      try await scene.sell(250_000, 0, by: 1)
      if isKnownHere { try await scene.giveBack(40_000, 0, key: "r") }
      try await scene.complete(0, base: isKnownHere ? 250_000 : 210_000)
      if !isKnownHere { try await scene.giveBack(40_000, 0, key: "r") }
      #expect(try await Self.sale(scene).reversedBase == 40_000)
      let balances = try await scene.balances()
      #expect(balances["liab:seller:\(sellerID(1))"] == -210_000)
      #expect(balances["exp:absorbed"] == nil)
      try await scene.mustHold()
    }
  }

  @Test func `what is told before the payment is known counts when it is`() async throws {
    try await PaymentScene.run { scene in
      try scene.go(to: "2026-01-14T10:00:00+07:00")
      let delivered = try #require(Instant("2026-01-14T09:00:00+07:00"))
      try await Self.tellDelivered(scene, at: delivered)
      try await scene.tellCompleted(0, by: sellerID(1), base: 240_000)
      try await scene.sell(250_000, 0, by: 1)
      #expect(
        try await Self.sale(scene)
          == Sale(baseAmount: 250_000, commissionAmount: 1250, status: "collectible", isDue: true))
      #expect(try await scene.payment.one("select delivered_at from commission_ledger", as: Instant.self) == delivered)
      #expect(try await scene.payment.events("commission.collectible").count == 1)
      try await scene.mustHold()
    }
  }

  @Test func `completion and payment at once never miss each other`() async throws {
    for _ in 0..<3 {
      try await PaymentScene.run { scene in
        try await withThrowingTaskGroup { group in
          group.addTask { try await scene.sell(250_000, 0, by: 1) }
          group.addTask {
            scene.wait(.seconds(1))
            try await scene.tellCompleted(0, by: sellerID(1), base: 250_000)
          }
          try await group.waitForAll()
        }
        #expect(try await Self.sale(scene).status == "collectible")
      }
    }
  }

  @Test func `whoever may capture may announce what becomes collectible with it`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../manifests/payment.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    let manifest = try #require(parseBundle(yaml: text, file: "payment.yaml").manifest)
    let capturing = manifest.functions.map(\.emits).filter { $0.contains("commission.recorded") }
    #expect(capturing.count >= 6)
    #expect(capturing.allSatisfy { $0.contains("commission.collectible") })
  }

  @Test func `the house owes itself nothing`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay([scene.line(100_000, of: nil)])
      try await scene.tellCompleted(0, by: nil, base: 0)
      #expect(try await scene.payment.one("select count(*) from commission_ledger", as: Int.self) == 0)
    }
  }

  @Test func `a completed order nobody tells of is asked after, ten days after its first delivery`() async throws {
    try await PaymentScene.run { scene in
      let status = StatusBox()
      scene.payment.on(service: "order") { call -> [String: String] in
        #expect(call.path == "/internal/orders/\(orderID(0))")
        return ["status": try status.ask()]
      }
      try await scene.sell(250_000, 0, by: 1)
      let first = scene.now
      try await Self.tellDelivered(scene, at: first + .hours(5))
      try await Self.tellDelivered(scene, at: first)
      scene.wait(.days(10) - .minutes(1))
      try await scene.payment.fire("ReleaseCollectible")
      #expect(status.asked == 0)
      scene.wait(.minutes(2))
      for (answer, expected) in [(nil, "pending"), ("delivered", "pending"), ("partially_refunded", "collectible")] {
        status.answer = answer
        try await scene.payment.fire("ReleaseCollectible")
        #expect(try await Self.sale(scene).status == expected)
      }
      try await scene.payment.fire("ReleaseCollectible")
      #expect(status.asked == 3, "what is collectible is not asked after")
      #expect(try await scene.payment.events("commission.collectible").count == 1)
    }
  }

  @Test func `a waived sale is released just so, and stays waived`() async throws {
    try await PaymentScene.run { scene in
      scene.payment.on(service: "order") { _ in ["status": "completed"] }
      try await scene.sell(250_000, 0, by: 1)
      _ = try await scene.payment.call(
        "WaiveCommission", path: [("orderId", orderID(0).description)],
        body: ["sellerId": .id(sellerID(1)), "reason": "campaign"], caller: finance)
      try await Self.tellDelivered(scene, at: scene.now)
      scene.wait(.days(11))
      try await scene.payment.fire("ReleaseCollectible")
      #expect(
        try await Self.sale(scene) == Sale(baseAmount: 250_000, commissionAmount: 1250, status: "waived", isDue: true))
    }
  }
}

/// How the order service answers: not at all, or with a status.
private final class StatusBox: Sendable {
  private let state = Mutex<(answer: String?, asked: Int)>((nil, 0))

  var answer: String? {
    get { state.withLock { $0.answer } }
    set { state.withLock { $0.answer = newValue } }
  }
  var asked: Int { state.withLock { $0.asked } }

  func ask() throws -> String {
    try state.withLock { state in
      state.asked += 1
      guard let answer = state.answer else { throw Problem(500, "broken", "broken") }
      return answer
    }
  }
}
