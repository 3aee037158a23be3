import FunctionKit
import FunctionTesting
import Testing

@testable import PaymentFunctions

@Suite struct LedgerTests {
  private static let header: SQL = """
    insert into transaction_ledger (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
    values (gen_random_uuid(), 'capture', 'payment', gen_random_uuid(), 'x', now(), 'x', now())
    """

  @Test func `a transaction without entries does not commit`() async throws {
    try await PaymentScene.run { scene in
      let error = await #expect(throws: DatabaseError.self) { try await scene.payment.write(Self.header) }
      #expect(error?.sqlState == "23514")
    }
  }

  @Test(
    arguments: [
      "update transaction_ledger_entry set amount = amount + 1", "delete from transaction_ledger_entry",
      "update transaction_ledger set kind = 'x'", "delete from transaction_ledger",
      "truncate transaction_ledger cascade",
      "update state_history set note = 'x'",
    ] as [SQL])
  func `what is written stays`(statement: SQL) async throws {
    try await PaymentScene.run { scene in
      try await scene.create(scene.request(100_000))
      try await scene.deliver("PAID")
      let error = await #expect(throws: DatabaseError.self) { try await scene.payment.write(statement) }
      #expect(error?.message.contains("is append-only") == true)
    }
  }
}
