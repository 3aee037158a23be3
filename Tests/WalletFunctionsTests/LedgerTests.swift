import FunctionKit
import FunctionTesting
import Testing

@testable import WalletFunctions

@Suite struct LedgerTests {
  private static let header: SQL = """
    insert into ledger_transaction (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
    values (gen_random_uuid(), 'refund', 'refund', gen_random_uuid(), 'x', now(), 'x', now())
    """

  @Test func `a transaction without entries does not commit`() async throws {
    try await WalletScene.run { scene in
      let error = await #expect(throws: DatabaseError.self) { try await scene.wallet.write(Self.header) }
      #expect(error?.constraint == "ledger_balance")
    }
  }

  @Test func `entries that do not sum to nothing do not commit`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write(
          """
          insert into ledger_entry (transaction_id, account_id, amount, seq, created_at)
          select transaction_id, account_id, 1, 9, now() from ledger_entry where amount > 0
          """)
      }
      #expect(error?.constraint == "ledger_balance")
    }
  }

  @Test(
    arguments: [
      "update ledger_entry set amount = amount + 1", "delete from ledger_entry",
      "update ledger_transaction set kind = 'x'", "delete from ledger_transaction",
      "truncate ledger_transaction cascade",
      "update wallet_transaction set amount = 1", "delete from wallet_transaction",
      "truncate wallet_transaction cascade",
      "update state_history set note = 'x'", "update wallet set cash_balance = cash_balance + 1",
      "update wallet set total_credited = 0", "delete from wallet",
      "insert into wallet (id, kind, owner_id, user_id, cash_balance, created_at, updated_at) "
        + "values (gen_random_uuid(), 'seller', gen_random_uuid(), gen_random_uuid(), 5, now(), now())",
    ])
  func `what is written stays, and balances are moved by entries alone`(statement: String) async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      try await scene.hold(10_000)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write(SQL(stringLiteral: statement))
      }
      #expect(error?.sqlState == "23001")
    }
  }

  @Test func `a balance below nothing does not commit`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write(
          """
          with header as (
            insert into ledger_transaction
              (id, kind, reference_type, reference_id, description, occurred_at, actor, created_at)
            values (gen_random_uuid(), 'x', 'x', gen_random_uuid(), 'x', now(), 'x', now()) returning id)
          insert into ledger_entry (transaction_id, account_id, amount, seq, created_at)
          select header.id, account.id, case bucket when 'cash' then 50001 else -50001 end, row_number() over (), now()
          from header, ledger_account account where bucket in ('cash', 'hold')
          """)
      }
      #expect(error?.sqlState == "23514")
    }
  }

  @Test func `a transaction that does not begin where the one before ended is not written`() async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write(
          """
          insert into wallet_transaction (id, transaction_number, wallet_id, seq, type, direction, amount, cash_amount,
            promo_amount, balance_before, balance_after, reference_type, reference_id, ledger_transaction_id,
            description, idempotency_key, created_by, created_at)
          select gen_random_uuid(), 'WTX-1', wallet_id, 2, type, 'credit', 1, 1, 0, 49999, 50000, reference_type,
            reference_id, ledger_transaction_id, '', 'k', 'x', now()
          from wallet_transaction
          """)
      }
      #expect(error?.constraint == "chain")
    }
  }

  @Test(
    arguments: [
      "update wallet_hold set status = 'released', closed_at = now()", "update promo_lot set remaining = remaining - 1",
      "update wallet set transaction_count = transaction_count - 1",
    ])
  func `holds, lots and the last transaction agree with the balances, or nothing commits`(
    statement: String
  ) async throws {
    try await WalletScene.run { scene in
      try await scene.refund(50_000)
      try await scene.grant(10_000)
      try await scene.hold(10_000, usePromo: false)
      let error = await #expect(throws: DatabaseError.self) {
        try await scene.wallet.write(SQL(stringLiteral: statement))
      }
      #expect(error?.constraint == "wallet_sums")
    }
  }
}
