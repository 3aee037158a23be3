import FaultTesting
import FunctionKit

extension MonthBooks {
  /// What came into wallets is what was announced, and is there still, set aside, or paid out.
  static let wallets: [Invariant] = [
    .equal(
      "settlements, and what sellers' wallets got", in: "payment",
      announced("settlement.completed", "netAmount"), in: "wallet", credited("seller_payout")),
    .equal(
      "refunds to wallets, and what buyers' wallets got", in: "payment",
      announced("refund.completed", "walletAmount"), in: "wallet", credited("refund")),
    .equal(
      "top-ups paid, and what wallets got", in: "payment",
      announced("wallet_topup.paid", "amount"), in: "wallet", credited("topup")),
    .equal(
      "what was paid from wallets, and what they gave", in: "payment",
      """
      select coalesce(sum(entry.amount), 0)::bigint from transaction_ledger_entry entry
      join transaction_ledger posted on posted.id = entry.transaction_id
      join ledger_account account on account.id = entry.account_id
      where account.code = 'clearing:wallet' and posted.kind = 'capture'
      """, in: "wallet", debited("payment")),
    .equal(
      "withdrawals that banks have, and what wallets gave for them", in: "payment",
      "select coalesce(sum(amount), 0)::bigint from payout where kind = 'withdrawal' and status = 'succeeded'",
      in: "wallet",
      """
      select coalesce(sum(case type when 'wallet.debited' then amount else -amount end), 0)::bigint from \(moves)
      where of in ('withdrawal', 'withdrawal_reversal')
      """),
    .zero(
      "wallets that are not what was announced of them", in: "wallet",
      """
      select count(*) from wallet full join (
        select wallet as id, sum(case type when 'wallet.credited' then amount else -amount end) as amount
        from \(moves) group by wallet) announced using (id)
      where cash_balance + promo_balance + held_balance <> coalesce(announced.amount, 0)
      """),
    .zero(
      "money set aside for nothing", in: "wallet",
      "select count(*) from wallet_hold where status = 'active'"),
  ]

  /// Nobody was paid twice, by whichever way.
  static let once: [Invariant] = [
    .zero(
      "payouts that a bank got twice", in: "sandbox",
      """
      select count(*) from (
        select from payout where status = 'SUCCEEDED' group by split_part(reference_id, '_', 2) having count(*) > 1
      ) doubled
      """),
    .zero(
      "refunds that were given twice", in: "sandbox",
      """
      select count(*) from (
        select from refund where status = 'SUCCEEDED' group by invoice_id
        having sum(amount) > (select amount from invoice where id = invoice_id)) doubled
      """),
    .zero(
      "references with more than one invoice", in: "sandbox",
      "select count(*) from (select from invoice group by external_id having count(*) > 1) doubled"),
    .zero(
      "credits of one reference twice", in: "wallet",
      """
      select count(*) from (
        select from wallet_transaction where direction = 'credit'
        group by type, reference_type, reference_id having count(*) > 1) doubled
      """),
    .zero(
      "refunds beyond what was paid", in: "payment",
      "select count(*) from payment where refunded_amount > captured_amount + late_captured_amount"),
    .zero(
      "late money that was kept", in: "payment",
      "select count(*) from payment where late_captured_amount > 0 and refunded_amount <> late_captured_amount"),
  ]

  /// The days were compared with the provider's list, and nothing is open.
  static let reconciliations: [Invariant] = [
    .zero(
      "days that do not agree with the provider", in: "payment",
      "select count(*) from reconciliation_run where status <> 'balanced'"),
    Invariant("each day is reconciled") { world in
      let days = try await world.value(in: "payment", "select count(*) from reconciliation_run")
      return days >= MonthPlan.lastDay ? nil : "only \(days)"
    },
  ]

  /// What has not been found in the provider's list yet, or only as it was before.
  static let unreconciled: SQL = """
    select (select count(*) from gateway_invoice where paid_amount is not null and reconciled_txn is null)
      + (select count(*) from refund
        where status = 'completed' and method = 'original_payment' and reconciled_txn is null)
      + (select count(*) from payout where status in ('succeeded', 'reversed') and reconciled_txn is null
        or status = 'reversed' and gateway_fee > 0)
    """

  private static let moves: SQL = """
    (select type, (data->>'walletId')::uuid as wallet, data->>'type' as of, (data->>'amount')::bigint as amount from (
      select type, convert_from(data, 'utf8')::jsonb as data from lakoo.outbox
      where type in ('wallet.credited', 'wallet.debited')) event) move
    """

  private static func announced(_ type: String, _ field: String) -> SQL {
    """
    select coalesce(sum((convert_from(data, 'utf8')::jsonb->>\(field)::text)::bigint), 0)::bigint
    from lakoo.outbox where type = \(type)
    """
  }

  private static func credited(_ kind: String) -> SQL { moved("wallet.credited", kind) }
  private static func debited(_ kind: String) -> SQL { moved("wallet.debited", kind) }
  private static func moved(_ type: String, _ kind: String) -> SQL {
    "select coalesce(sum(amount), 0)::bigint from \(moves) where type = \(type) and of = \(kind)"
  }
}
