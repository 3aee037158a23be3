import FunctionKit
import FunctionTesting
import Runtime
import Testing

@testable import PaymentFunctions

let finance = Caller(userID: sampleID(9), role: .financeAdmin, isPrivileged: true)

/// A seller, the user behind, and the sales that a test has made.
func sellerID(_ number: Int) -> ID { sampleID(2000 + number) }
func sellerUser(_ number: Int) -> ID { sampleID(3000 + number) }
func orderID(_ number: Int) -> ID { sampleID(5000 + number) }
func sellerCaller(_ number: Int) -> Caller {
  Caller(userID: sellerUser(number), roles: [.seller], sellerID: sellerID(number))
}

extension JSON {
  static func id(_ id: ID) -> JSON { .string(id.description) }
  static func int(_ number: Int) -> JSON { .number(JSONNumber(number)) }
}

extension PaymentScene {
  var now: Instant { payment.clock.now }

  /// Moves the clock, back too.
  func go(to time: String) throws {
    payment.clock.advance(by: try #require(Instant(time)) - now)
  }

  /// A paid order of one seller, whose refunds go to the wallet at once.
  func sell(_ amount: Int, _ order: Int, by seller: Int, hasUser: Bool = true) async throws {
    var line = try #require(self.line(amount, of: sellerID(seller)).object)
    if hasUser { line["sellerUserId"] = .id(sellerUser(seller)) }
    var request = try #require(request(0).object)
    request["orders"] = [
      ["orderId": .id(orderID(order)), "orderNumber": .string("ORD-\(order)"), "lines": [.object(line)]]
    ]
    try await create(.object(request), key: "sale-\(order)")
    try await deliver("PAID", money: "ewc_\(order)", changes: [("payment_channel", "BCA")])
  }

  /// - Parameter base: what the order service says that it comes to; what is so here unless said.
  func complete(_ order: Int, base: Int? = nil, at: Instant? = nil) async throws {
    struct Sale: Decodable {
      var seller: ID
      var base: Int
    }
    let sales: [Sale] = try await payment.query(
      """
      select seller_id as seller, base_amount - reversed_base as base from commission_ledger
      where order_id = \(orderID(order))
      """)
    let sale = sales.first
    try await tellCompleted(order, by: sale?.seller ?? sellerID(1), base: base ?? sale?.base ?? 0, at: at)
  }

  func tellCompleted(_ order: Int, by seller: ID?, base: Int, at: Instant? = nil) async throws {
    try await payment.handle(
      "CompleteCommissionOnOrder", type: "order.completed",
      data: [
        "orderId": .id(orderID(order)), "sellerId": seller.map(JSON.id) ?? .null, "commissionBase": .int(base),
        "completedAt": .string((at ?? now).description),
      ])
  }

  @discardableResult
  func giveBack(_ amount: Int, _ order: Int, by caller: Caller = .service, key: String) async throws -> TestReply {
    try await payment.call(
      "CreateRefund",
      body: ["orderId": .id(orderID(order)), "reason": "other", "amount": .int(amount)], caller: caller, key: key)
  }

  @discardableResult
  func adjust(
    _ kind: String, _ amount: Int, _ seller: Int, reference: Int, caller: Caller = .service
  ) async throws -> TestReply {
    try await payment.call(
      caller.userID == nil ? "AddInternalAdjustment" : "AddAdjustment",
      body: [
        "sellerId": .id(sellerID(seller)), "kind": .string(kind), "amount": .int(amount),
        "referenceId": .id(sampleID(reference)), "reason": "agreed",
      ], caller: caller, key: "adjust-\(kind)-\(reference)")
  }

  func runWeek(_ monday: String, dryRun: Bool = false, key: String) async throws -> TestReply {
    try await payment.call(
      "RunSettlement", body: ["periodStart": .string(monday), "dryRun": .bool(dryRun)], caller: finance, key: key)
  }

  func settlements(of seller: Int) async throws -> [SettlementRow] {
    try await payment.query(
      """
      select gross, refunds, commission, adjustments, carry_in, net, carry_out, order_count, status from settlement
      where seller_id = \(sellerID(seller)) order by id
      """)
  }

  /// - Returns: the net amounts of what was announced, by seller.
  func paidOut() async throws -> [String: [Int]] {
    let events = try await payment.events("settlement.completed")
    return Dictionary(grouping: events) { $0.data["sellerId"]?.string ?? "" }.mapValues {
      $0.compactMap { $0.data["netAmount"].flatMap { try? decodeJSON(Int.self, from: $0.serialized()) } }
    }
  }

  /// Everything that a settlement may change.
  func image() async throws -> [String] {
    try await payment.query(
      """
      select 'settlement ' || s::text from settlement s union all select 'line ' || l::text from settlement_line l
      union all select 'adjustment ' || a::text from settlement_adjustment a
      union all select 'commission ' || c::text from commission_ledger c
      union all select 'entry ' || e::text from transaction_ledger_entry e
      union all select 'event ' || id::text from lakoo.outbox
      union all select 'batch ' || batch_number || sellers || settled || carried || held || net || status
        from settlement_batch order by 1
      """, as: String.self)
  }

  func mustHold(_ place: String = "") async throws {
    for (name, broken) in SettlementInvariants.all {
      let count = try await payment.one(broken, as: Int.self)
      #expect(count == 0, "\(name) \(place)")
    }
    _ = try await balances()
  }
}

struct SettlementRow: Decodable, Equatable {
  var gross: Int
  var refunds = 0
  var commission: Int
  var adjustments = 0
  var carryIn = 0
  var net: Int
  var carryOut = 0
  var orderCount: Int
  var status: String
}
