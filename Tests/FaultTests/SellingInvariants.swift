import FaultTesting
import FunctionKit

extension Selling {
  /// Each seller is paid once for what was sold, and each bank once for what was withdrawn.
  static let invariants: [Invariant] = [
    .some("withdrawals done", in: "wallet", "select count(*) from withdrawal_request where status = 'completed'"),
    .zero(
      "commissions that were received and not settled once", in: "payment",
      """
      select count(*) from commission_ledger commission where status <> 'pending'
        and (status <> 'collected'
          or 1 <> (select count(*) from settlement_line where commission_id = commission.id))
      """),
    .equal(
      "what settlements paid, and what wallets got", in: "payment",
      "select coalesce(sum(net), 0)::bigint from settlement where status = 'completed'", in: "wallet",
      "select coalesce(sum(amount), 0)::bigint from wallet_transaction where type = 'seller_payout'"),
    .equal(
      "what wallets gave, and what the bank got", in: "wallet",
      "select coalesce(sum(amount), 0)::bigint from wallet_transaction where type = 'withdrawal'", in: "sandbox",
      "select coalesce(sum(amount), 0)::bigint from payout where status = 'SUCCEEDED'"),
    .zero(
      "payouts that the bank got twice", in: "sandbox",
      """
      select count(*) from (
        select from payout where status = 'SUCCEEDED' group by split_part(reference_id, '_', 2) having count(*) > 1
      ) doubled
      """),
    .zero(
      "withdrawals left half-way", in: "wallet",
      "select count(*) from withdrawal_request where status not in ('completed', 'failed')"),
    .zero(
      "payouts left half-way", in: "payment",
      "select count(*) from payout where status in ('creating', 'accepted')"),
    .equal(
      "what the two ledgers say of the account between them", in: "payment", MonthBooks.balance("clearing:wallet"),
      in: "wallet",
      """
      select coalesce(-sum(entry.amount), 0)::bigint from ledger_entry entry
      join ledger_account account on account.id = entry.account_id where account.code = 'clearing:payment'
      """),
  ]
}
