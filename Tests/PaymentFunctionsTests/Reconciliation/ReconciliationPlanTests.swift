import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

/// What a job asks of tables that grow for ever goes by an index.
@Suite struct ReconciliationPlanTests {
  private static let day = BusinessDay(of: Instant(seconds: 1_768_453_200))
  private static let movements = (0..<50).map { number in
    Movement(
      id: "txn_\(number)", type: .payment, effect: .done, reference: "inv_\(number)", product: "p\(number)",
      invoice: "x\(number)", amount: 1, isIncoming: true, at: day.start)
  }

  @Test(arguments: MovementType.allCases.filter { $0 != .other })
  func `a page finds ours, and a day what is not reconciled, without reading the table`(type: MovementType) async throws
  {
    try await PaymentScene.run { scene in
      let movements = Self.movements.map { movement in
        var movement = movement
        movement.type = type
        movement.reference =
          switch type {
          case .payment, .other: movement.reference
          case .refund: "REF-20260115-00000-1"
          case .payout: "pyt_\(sampleID(1))_1"
          }
        return movement
      }
      let statements = [
        type.own(of: movements), type.unreconciled(on: Self.day, after: nil, most: 50),
        type.unreconciled(on: Self.day, after: sampleID(1), most: 50),
      ]
      for statement in statements {
        let plan = try await scene.payment.plan(statement)
        #expect(!plan.contains("Seq Scan"), "\(plan)")
      }
    }
  }

  @Test func `the account between us and the wallet is summed by its index`() async throws {
    try await PaymentScene.run { scene in
      let plan = try await scene.payment.plan(
        "select sum(amount) from transaction_ledger_entry where account_id = \(sampleID(1))")
      #expect(plan.contains("transaction_ledger_entry_account"), "\(plan)")
    }
  }
}

extension BundleUnderTest {
  /// How the database would go about a statement if tables were large, which in a test they are not.
  func plan(_ statement: SQL) async throws -> String {
    try await write(
      """
      create or replace function plan_of(statement text) returns setof text language plpgsql
      set enable_seqscan = off as $$ begin return query execute 'explain (costs off) ' || statement; end $$
      """)
    return try await query("select plan_of(\(statement.literal))", as: String.self).joined(separator: "\n")
  }
}

extension SQL {
  /// With the values in place of their holes.
  fileprivate var literal: String {
    binds.enumerated().reversed().reduce(text) { text, bind in
      let value = bind.element.map { "'\($0.replacing("'", with: "''"))'" } ?? "null"
      return text.replacing("$\(bind.offset + 1)", with: value)
    }
  }
}
