import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// A week costs what is due in it, however much was ever sold.
@Suite struct SettlementPlanTests {
  private static let end = Instant(seconds: 1_900_000_000)

  /// A hundred thousand sales of a thousand sellers, nearly all of them settled long ago.
  private static func fill(_ payment: BundleUnderTest) async throws {
    let order = try await payment.one("select payment_id from payment_line", as: ID.self)
    let line = try await payment.one("select id from payment_line", as: ID.self)
    try await payment.write(
      """
      insert into settlement_batch (id, batch_number, period_start, period_end, status, created_at, updated_at)
      select gen_random_uuid(), 'SBT-' || w, date '2020-01-06' + 7 * w, date '2020-01-13' + 7 * w, 'completed', now(),
        now()
      from generate_series(0, 9) w
      """)
    try await payment.write(
      """
      insert into settlement (id, settlement_number, batch_id, seller_id, seller_user_id, gross, refunds, commission,
        adjustments, carry_in, net, order_count, status, created_at, updated_at)
      select gen_random_uuid(), 'SET-' || batch_number || '-' || n, batch.id, md5(n::text)::uuid, gen_random_uuid(), 0, 0,
        0, 0, 0, 0, 0, case when n % 400 = 0 then 'held' else 'completed' end, now(), now()
      from settlement_batch batch, generate_series(1, 1000) n where batch_number like 'SBT-_'
      """)
    try await payment.write(
      """
      insert into commission_ledger (id, ledger_number, order_id, payment_id, payment_line_id, seller_id, order_number,
        base_amount, rate_bp, commission_amount, status, collectible_at, settlement_id, created_at, updated_at)
      select gen_random_uuid(), left(md5(s.id::text || n), 20), gen_random_uuid(), \(order), \(line), s.seller_id, 'ORD',
        100, 50, 1, case when is_due then 'collectible' else 'collected' end, now() - interval '30 days',
        case when is_due then null else s.id end, now(), now()
      from settlement s, generate_series(1, 10) n,
        lateral (select n = 1 and settlement_number like 'SET-SBT-9%' as is_due) due
      """)
    try await payment.write(
      """
      insert into settlement_line (commission_id, settlement_id, order_id, gross, refunds, commission, created_at)
      select id, settlement_id, order_id, 100, 0, 1, now() from commission_ledger where settlement_id is not null
      """)
    try await payment.write(
      """
      insert into settlement_adjustment
        (id, seller_id, kind, amount, reference_id, reason, created_by, settlement_id, created_at, updated_at)
      select gen_random_uuid(), seller_id, 'manual', 1, gen_random_uuid(), 'x', 'x', id, now(), now() from settlement
      """)
    for table in ["settlement", "settlement_line", "settlement_adjustment", "commission_ledger", "payment_line"] {
      try await payment.write(SQL(stringLiteral: "analyze \(table)"))
    }
  }

  private static func statements(_ seller: ID) throws -> [(String, SQL)] {
    let settlement = sampleID(77)
    var mine = try decodeJSON(ListSettlements.Input.self, from: Array("{}".utf8))
    let all = mine
    mine.status = .held
    let list = try decodeJSON(
      ListSellerCommissions.Input.self, from: Array(#"{"sellerId": "\#(seller)"}"#.utf8))
    let paging = try Paging("x", limit: nil, cursor: nil)
    return [
      ("the next seller", SellerDues.nextSeller(after: .first, before: end)),
      ("sales", SellerDues.sales(of: seller, before: end, "for no key update")),
      ("adjustments", SellerDues.adjustments(of: seller)), ("carries", SellerDues.carries(of: seller)),
      ("the user", SellerDues.newestUser(of: seller, before: end)),
      ("collecting", SettlementRecord.collecting(settlement, at: end)),
      ("what is awaited", AwaitedSale.due(before: end, after: .beforeAll, most: 100)),
      ("a seller's settlements", all.statement(seller: seller, paging)),
      ("held settlements", mine.statement(seller: nil, paging)), ("commissions", list.statement(paging)),
      ("a line's commission", "select id from commission_ledger where payment_line_id = \(settlement)"),
      ("a line's refunds", "select sum(seller_reversal) from refund_line where payment_line_id = \(settlement)"),
      (
        "what was heard before the capture",
        "select note from state_history where entity = 'order' and entity_id = \(settlement) and to_state = 'completed'"
      ),
      ("a batch", "select sum(net) from settlement where batch_id = \(settlement)"),
    ]
  }

  @Test func `nothing reads a table that grows with all that was ever sold`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await Self.fill(scene.payment)
      let seller = try await scene.payment.one("select seller_id from settlement limit 1", as: ID.self)
      for (name, statement) in try Self.statements(seller) {
        let plan = try await scene.payment.query("explain (costs off) \(statement)", as: String.self)
        let text = plan.joined(separator: "\n")
        for table in ["commission_ledger", "settlement", "settlement_line", "settlement_adjustment"] {
          #expect(!plan.contains { $0.contains("Seq Scan on \(table)") }, "\(name): \(text)")
        }
        // These are small here, and so are read as a whole unless there is an index.
        let careful = try await scene.payment.plan(statement)
        #expect(!careful.contains("Seq Scan"), "\(name): \(careful)")
      }
    }
  }

  @Test func `a week of a thousand sellers is settled whole`() async throws {
    try await PaymentScene.run { scene in
      try await scene.pay(100_000)
      try await Self.fill(scene.payment)
      try await scene.payment.fire("WeeklySettlement")
      struct Batch: Decodable, Equatable {
        var sellers: Int
        var gross: Int
        var status: String
      }
      let batch: Batch = try await scene.payment.one(
        "select sellers, gross, status from settlement_batch order by sellers desc limit 1")
      #expect(batch == Batch(sellers: 1000, gross: 100_000, status: "completed"))
    }
  }
}
